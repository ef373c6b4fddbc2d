package org.keysock.kernel.engine.solaris;

import static org.keysock.pfkey.model.SaFlag.X_INBOUND;
import static org.keysock.pfkey.model.SaFlag.X_OUTBOUND;

import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.sadb.Direction;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaFlags;

/**
 * Which way a new SA goes, and the flags that say so: the table of solaris.md section 3.5.
 *
 * @param direction BOTH for what Solaris calls a clone
 */
record Placement(Direction direction, SaFlags flags) {

    static Placement of(
            SaFlags asked, IpAddress source, IpAddress destination, KernelSettings settings) {
        boolean inbound = asked.has(X_INBOUND);
        boolean outbound = asked.has(X_OUTBOUND);
        if (inbound || outbound) {
            return new Placement(
                    inbound && outbound
                            ? Direction.BOTH
                            : inbound ? Direction.INBOUND : Direction.OUTBOUND,
                    asked);
        }
        SaFlags both = asked.with(X_INBOUND).with(X_OUTBOUND);
        if (destination.multicastOrBroadcast()) {
            return new Placement(Direction.BOTH, both);
        }
        if (settings.mine(destination)) {
            boolean loop = settings.mine(source) || source.unspecified();
            return new Placement(loop ? Direction.BOTH : Direction.INBOUND, asked.with(X_INBOUND));
        }
        return settings.mine(source)
                ? new Placement(Direction.OUTBOUND, asked.with(X_OUTBOUND))
                : new Placement(Direction.BOTH, both);
    }
}
