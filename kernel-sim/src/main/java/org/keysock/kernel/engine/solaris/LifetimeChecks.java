package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.require;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_HARD;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_SOFT;
import static org.keysock.pfkey.model.ExtensionType.X_LIFETIME_IDLE;

import org.keysock.kernel.engine.Refusal;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.SadbMessage;

/** The order of the limits that one message carries: solaris.md section 3.15. */
final class LifetimeChecks {

    private LifetimeChecks() {}

    /** Diagnostics 14 to 17; nothing is said unless HARD and SOFT are both there. */
    static void requireOrder(SadbMessage message) throws Refusal {
        Lifetime hard = message.lifetime(LIFETIME_HARD);
        Lifetime soft = message.lifetime(LIFETIME_SOFT);
        if (hard == null || soft == null) {
            return;
        }
        require(
                ordered(
                        Integer.toUnsignedLong(soft.allocations()),
                        Integer.toUnsignedLong(hard.allocations())),
                Diagnostic.ALLOC_HSERR);
        require(ordered(soft.bytes(), hard.bytes()), Diagnostic.BYTES_HSERR);
        require(ordered(soft.addTime(), hard.addTime()), Diagnostic.ADDTIME_HSERR);
        require(ordered(soft.useTime(), hard.useTime()), Diagnostic.USETIME_HSERR);
        Lifetime idle = message.lifetime(X_LIFETIME_IDLE);
        if (idle != null) {
            require(
                    ordered(idle.addTime(), hard.addTime())
                            && ordered(idle.addTime(), soft.addTime()),
                    Diagnostic.ADDTIME_HSERR);
            require(
                    ordered(idle.useTime(), hard.useTime())
                            && ordered(idle.useTime(), soft.useTime()),
                    Diagnostic.USETIME_HSERR);
        }
    }

    /** Whether the unsigned limits are in order; one that is not set is. */
    private static boolean ordered(long lower, long upper) {
        return lower == 0 || upper == 0 || Long.compareUnsigned(lower, upper) <= 0;
    }
}
