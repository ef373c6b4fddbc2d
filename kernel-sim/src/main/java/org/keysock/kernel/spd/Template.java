package org.keysock.kernel.spd;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/**
 * One SA that a policy asks for: KAME's {@code sadb_x_ipsecrequest}, without the numbers.
 *
 * @param protocol ESP, AH or IPCOMP
 * @param mode as in X_SA2: 1 transport, 2 tunnel, 3 BEET
 * @param reqid the SA must carry the same, also when it is 0 (Linux)
 * @param source of the SA, null together with {@code destination}: the packet's own addresses
 */
public record Template(
        SaType protocol,
        int mode,
        Level level,
        int reqid,
        @Nullable IpAddress source,
        @Nullable IpAddress destination) {

    /** What happens to packets while there is no such SA. */
    public enum Level {
        /** They go without it. */
        USE,
        /** They wait for it or are dropped. */
        REQUIRE,
        /** As REQUIRE, and the SA is tied to the policy by its reqid. */
        UNIQUE
    }
}
