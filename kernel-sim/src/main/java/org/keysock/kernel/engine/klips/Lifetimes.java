package org.keysock.kernel.engine.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.Limits;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;

/**
 * Life and death of the SAs that came by this dialect: klips.md section 3.11. A limit is reached
 * when the value is strictly greater, in whole seconds since the machine started. Allocations are
 * no limit. Larval SAs wait as long as it takes.
 */
final class Lifetimes {

    private static final int MILLIS = 1000;
    private static final long LAST_SEQUENCE = 0xffff_ffffL;

    private Lifetimes() {}

    /** What is compared with a limit, in the order of the tests. */
    private enum Kind {
        BYTES {
            @Override
            boolean over(Lifetime limit, SecurityAssociation sa, Now now) {
                return limit.bytes() != 0
                        && Long.compareUnsigned(sa.use().bytes(), limit.bytes()) > 0;
            }
        },
        ADDTIME {
            @Override
            boolean over(Lifetime limit, SecurityAssociation sa, Now now) {
                return afterLimit(sa.addedMillis(), limit.addTime()) <= now.millis();
            }
        },
        USETIME {
            @Override
            boolean over(Lifetime limit, SecurityAssociation sa, Now now) {
                return sa.use().used()
                        && afterLimit(sa.use().firstUseMillis(), limit.useTime()) <= now.millis();
            }
        },
        PACKETS {
            @Override
            boolean over(Lifetime limit, SecurityAssociation sa, Now now) {
                return limit.packets() != 0
                        && sa.use().packets() > Integer.toUnsignedLong(limit.packets());
            }
        };

        abstract boolean over(Lifetime limit, SecurityAssociation sa, Now now);

        boolean reached(@Nullable Lifetime limit, SecurityAssociation sa, Now now) {
            return limit != null && over(limit, sa, now);
        }
    }

    /** Seconds since the machine started, which is when monotonic time began. */
    static long sinceStart(long millis) {
        return millis / MILLIS;
    }

    /** LIFETIME_CURRENT of an SA. */
    static Lifetime current(SecurityAssociation sa) {
        SaUse use = sa.use();
        return new Lifetime(
                ExtensionType.LIFETIME_CURRENT,
                1,
                use.bytes(),
                sinceStart(sa.addedMillis()),
                use.used() ? sinceStart(use.firstUseMillis()) : 0,
                (int) use.packets());
    }

    /** The first moment of the second that is more than so many after another; 0 is no limit. */
    private static long afterLimit(long fromMillis, long seconds) {
        long from = sinceStart(fromMillis);
        boolean never =
                seconds == 0
                        || Long.compareUnsigned(seconds, Limits.NEVER / MILLIS - from - 1) >= 0;
        return never ? Limits.NEVER : (from + seconds + 1) * MILLIS;
    }

    static long deadline(SecurityAssociation sa) {
        if (sa.state() == SaState.LARVAL) {
            return Limits.NEVER;
        }
        long hard = timeMillis(sa, sa.hard());
        return young(sa) ? Math.min(hard, timeMillis(sa, sa.soft())) : hard;
    }

    private static long timeMillis(SecurityAssociation sa, @Nullable Lifetime limit) {
        if (limit == null) {
            return Limits.NEVER;
        }
        long added = afterLimit(sa.addedMillis(), limit.addTime());
        SaUse use = sa.use();
        return use.used()
                ? Math.min(added, afterLimit(use.firstUseMillis(), limit.useTime()))
                : added;
    }

    private static boolean young(SecurityAssociation sa) {
        return sa.state() != SaState.DYING && sa.state() != SaState.DEAD;
    }

    static void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        if (timeMillis(sa, sa.hard()) <= now.millis()) {
            Endings.hardLimit(sa, engine);
        } else if (young(sa) && timeMillis(sa, sa.soft()) <= now.millis()) {
            Endings.softLimit(sa, engine);
        }
    }

    /** Limits are looked at before a packet is counted. */
    static boolean used(
            SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        for (Kind kind : Kind.values()) {
            if (kind.reached(sa.hard(), sa, now)) {
                Endings.hardLimit(sa, engine);
                return false;
            }
            if (young(sa) && kind.reached(sa.soft(), sa, now)) {
                Endings.softLimit(sa, engine);
            }
        }
        if (spent(sa)) {
            Endings.hardLimit(sa, engine);
            return false;
        }
        sa.ownUse().charge(bytes, packets, now.wallSeconds(), now.millis());
        return true;
    }

    /** Whether there is no further sequence number. */
    private static boolean spent(SecurityAssociation sa) {
        return sa.replayWindow() != 0
                && sa.direction() != Direction.INBOUND
                && sa.use().sequence() == LAST_SEQUENCE;
    }

    /** Whether a soft limit has been reached, now or before. */
    static boolean softReached(SecurityAssociation sa, Now now) {
        for (Kind kind : Kind.values()) {
            if (kind.reached(sa.soft(), sa, now)) {
                return true;
            }
        }
        return false;
    }
}
