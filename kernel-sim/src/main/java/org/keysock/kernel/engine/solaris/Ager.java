package org.keysock.kernel.engine.solaris;

import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.TimeLimits;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaState;

/**
 * Soft, hard and idle limits of SAs whose home is Solaris: section 3.15, with precise timers
 * instead of the original's round every 8 seconds.
 */
final class Ager {

    /** From when on an SA counts as idle, where that is not its adding or last use. */
    private final Map<SecurityAssociation, Long> idleSince = new WeakHashMap<>();

    /** When {@link #due} must look at the SA. */
    long deadline(SecurityAssociation sa, KeyEngine engine) {
        SaState state = sa.state();
        if (state == SaState.LARVAL) {
            return TimeLimits.after(
                    sa.addedMillis(), engine.settings().number(SolarisSettings.LARVAL_TIMEOUT));
        }
        if (state == SaState.DEAD) {
            return TimeLimits.after(
                    engine.now().millis(), engine.settings().number(SolarisSettings.REAP_DELAY));
        }
        long next = TimeLimits.moment(sa, sa.hard());
        if (state == SaState.MATURE) {
            next = Math.min(next, TimeLimits.moment(sa, sa.soft()));
        }
        if (state == SaState.MATURE || state == SaState.X_ACTIVE_ELSEWHERE) {
            next = Math.min(next, idleMoment(sa));
        }
        return next;
    }

    /** A deadline of the SA has come. */
    void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        SaState state = sa.state();
        boolean hard = TimeLimits.moment(sa, sa.hard()) <= now.millis();
        if (state == SaState.LARVAL) {
            engine.tell(Outcome.expired(sa, ExtensionType.LIFETIME_HARD));
            engine.remove(sa);
        } else if (state == SaState.DEAD) {
            engine.remove(sa);
        } else if (hard && (state == SaState.MATURE || state == SaState.DYING)) {
            die(sa, engine);
        } else if (hard) { // of another node of a cluster
            engine.remove(sa);
        } else {
            softOrIdle(sa, now, engine);
        }
    }

    private void softOrIdle(SecurityAssociation sa, Now now, KeyEngine engine) {
        if (sa.state() == SaState.MATURE && TimeLimits.moment(sa, sa.soft()) <= now.millis()) {
            wither(sa, engine);
        } else if (idleMoment(sa) <= now.millis()) {
            if (sa.state() == SaState.X_ACTIVE_ELSEWHERE) {
                engine.state(sa, SaState.X_IDLE);
            } else if (sa.state() == SaState.MATURE) {
                long repeat = engine.settings().number(SolarisSettings.IDLE_REPEAT) * 1000;
                idleSince.put(sa, now.millis() + repeat - idleSeconds(sa) * 1000);
                engine.tell(Outcome.expired(sa, ExtensionType.X_LIFETIME_IDLE));
            }
        }
    }

    /** Packets want to use the SA: bytes are counted before use. */
    boolean used(SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        long total = sa.use().bytes() + bytes;
        if (reached(sa.hard(), total)) {
            die(sa, engine);
            return false;
        }
        sa.ownUse().charge(bytes, packets, now.wallSeconds(), now.millis());
        sa.flag(SaFlag.X_USED);
        if (reached(sa.soft(), total) && sa.state() == SaState.MATURE) {
            wither(sa, engine);
        }
        return true;
    }

    /** The idle clock of the SA starts again now; its schedule must follow. */
    void restartIdle(SecurityAssociation sa, Now now) {
        idleSince.put(sa, now.millis());
    }

    private void wither(SecurityAssociation sa, KeyEngine engine) {
        engine.state(sa, SaState.DYING);
        engine.tell(Outcome.expired(sa, ExtensionType.LIFETIME_SOFT));
    }

    /** Kills an SA, and its partner: an outbound partner says so, an inbound one goes silently. */
    private void die(SecurityAssociation sa, KeyEngine engine) {
        engine.state(sa, SaState.DEAD);
        engine.tell(Outcome.expired(sa, ExtensionType.LIFETIME_HARD));
        SecurityAssociation partner = sa.partner();
        if (partner != null && partner.state() != SaState.DEAD) {
            engine.state(partner, SaState.DEAD);
            if (sa.direction() == Direction.INBOUND) {
                engine.tell(Outcome.expired(partner, ExtensionType.LIFETIME_HARD));
            }
        }
    }

    private static boolean reached(@Nullable Lifetime limit, long bytes) {
        return limit != null
                && limit.bytes() != 0
                && Long.compareUnsigned(bytes, limit.bytes()) >= 0;
    }

    private long idleMoment(SecurityAssociation sa) {
        long seconds = idleSeconds(sa);
        if (seconds == 0) {
            return Long.MAX_VALUE;
        }
        Long since = idleSince.get(sa);
        long from = since == null ? sa.addedMillis() : since;
        if (sa.use().used()) {
            from = Math.max(from, sa.use().lastUseMillis());
        }
        return TimeLimits.after(from, seconds);
    }

    /** The smaller non-zero of both idle times, 0 for none. */
    private static long idleSeconds(SecurityAssociation sa) {
        Lifetime idle = sa.idle();
        if (idle == null) {
            return 0;
        }
        if (idle.addTime() == 0 || idle.useTime() == 0) {
            return idle.addTime() | idle.useTime();
        }
        return Long.compareUnsigned(idle.addTime(), idle.useTime()) < 0
                ? idle.addTime()
                : idle.useTime();
    }
}
