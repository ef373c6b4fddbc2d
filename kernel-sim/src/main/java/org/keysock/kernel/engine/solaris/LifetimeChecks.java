package org.keysock.kernel.engine.solaris;

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
        requireOrder(
                soft,
                Integer.toUnsignedLong(soft.allocations()),
                hard,
                Integer.toUnsignedLong(hard.allocations()),
                Diagnostic.ALLOC_HSERR);
        requireOrder(soft, soft.bytes(), hard, hard.bytes(), Diagnostic.BYTES_HSERR);
        requireOrder(soft, soft.addTime(), hard, hard.addTime(), Diagnostic.ADDTIME_HSERR);
        requireOrder(soft, soft.useTime(), hard, hard.useTime(), Diagnostic.USETIME_HSERR);
        Lifetime idle = message.lifetime(X_LIFETIME_IDLE);
        if (idle != null) {
            requireOrder(idle, idle.addTime(), hard, hard.addTime(), Diagnostic.ADDTIME_HSERR);
            requireOrder(idle, idle.addTime(), soft, soft.addTime(), Diagnostic.ADDTIME_HSERR);
            requireOrder(idle, idle.useTime(), hard, hard.useTime(), Diagnostic.USETIME_HSERR);
            requireOrder(idle, idle.useTime(), soft, soft.useTime(), Diagnostic.USETIME_HSERR);
        }
    }

    private static void requireOrder(
            Lifetime lower, long low, Lifetime upper, long high, Diagnostic diagnostic)
            throws Refusal {
        if (!ordered(low, high)) {
            throw Checks.invalid(
                    lower.type(),
                    diagnostic,
                    Long.toUnsignedString(low)
                            + ", that of "
                            + upper.type()
                            + " is "
                            + Long.toUnsignedString(high));
        }
    }

    /** Whether the unsigned limits are in order; one that is not set is. */
    private static boolean ordered(long lower, long upper) {
        return lower == 0 || upper == 0 || Long.compareUnsigned(lower, upper) <= 0;
    }
}
