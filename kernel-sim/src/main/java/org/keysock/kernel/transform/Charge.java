package org.keysock.kernel.transform;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.Limits;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.SaState;

/**
 * Charges packets to an SA (decisions.md 17): by itself while no limit can be reached, else through
 * the rules of the SA's home. What it goes by holds until state or limits of the SA change.
 */
final class Charge {

    private final SecurityAssociation sa;
    private final SaUse use;
    private @Nullable SaState state;
    private @Nullable Lifetime hard;
    private @Nullable Lifetime soft;
    private long carefreeBytes;
    private long carefreePackets;
    private long carefreeUntil;

    Charge(SecurityAssociation sa) {
        this.sa = sa;
        use = sa.ownUse();
    }

    /**
     * A packet went through the SA.
     *
     * @return whether it may go on
     */
    boolean packet(int bytes, KeyManagement keys, long wallSeconds, long millis) {
        if (state == sa.state()
                && hard == sa.hard()
                && soft == sa.soft()
                && millis < carefreeUntil
                && use.packets() < carefreePackets
                && Long.compareUnsigned(use.bytes() + bytes, carefreeBytes) < 0) {
            use.charge(bytes, 1, wallSeconds, millis);
            return true;
        }
        boolean passes = keys.used(sa, bytes, wallSeconds, millis);
        lookAhead();
        return passes;
    }

    private void lookAhead() {
        state = sa.state();
        hard = sa.hard();
        soft = sa.soft();
        boolean usable = state == SaState.MATURE || state == SaState.DYING;
        carefreeBytes = Limits.carefreeBytes(sa);
        carefreePackets = Limits.carefreePackets(sa);
        carefreeUntil = usable && use.used() ? Limits.nextMillis(sa) : Long.MIN_VALUE;
    }
}
