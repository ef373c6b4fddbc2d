package org.keysock.kernel.engine.solaris;

import java.util.Map;
import java.util.WeakHashMap;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.sadb.Limits;
import org.keysock.kernel.sadb.SecurityAssociation;
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
            return sa.addedMillis() + millis(SolarisSettings.LARVAL_TIMEOUT, engine);
        }
        if (state == SaState.DEAD) {
            return engine.now().millis() + millis(SolarisSettings.REAP_DELAY, engine);
        }
        long next = Limits.hardMillis(sa);
        if (state == SaState.MATURE) {
            next = Math.min(next, Limits.softMillis(sa));
        }
        if (state == SaState.MATURE || state == SaState.X_ACTIVE_ELSEWHERE) {
            next = Math.min(next, idleMillis(sa));
        }
        return next;
    }

    /** A deadline of the SA has come. */
    void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        SaState state = sa.state();
        boolean hard = Limits.hardMillis(sa) <= now.millis();
        if (state == SaState.LARVAL) {
            Endings.hardLimit(sa, engine);
        } else if (state == SaState.DEAD) {
            engine.remove(sa);
        } else if (hard && (state == SaState.MATURE || state == SaState.DYING)) {
            Endings.hardLimit(sa, engine);
        } else if (hard) { // of another node of a cluster
            engine.remove(sa);
        } else {
            softOrIdle(sa, now, engine);
        }
    }

    private void softOrIdle(SecurityAssociation sa, Now now, KeyEngine engine) {
        if (sa.state() == SaState.MATURE && Limits.softMillis(sa) <= now.millis()) {
            Endings.softLimit(sa, engine);
        } else if (idleMillis(sa) <= now.millis()) {
            if (sa.state() == SaState.X_ACTIVE_ELSEWHERE) {
                engine.state(sa, SaState.X_IDLE);
            } else if (sa.state() == SaState.MATURE) {
                long period = Limits.idleMillis(sa, now.millis()) - now.millis();
                long repeat = millis(SolarisSettings.IDLE_REPEAT, engine);
                idleSince.put(sa, now.millis() + repeat - period);
                engine.tell(Outcome.expired(sa, ExtensionType.X_LIFETIME_IDLE));
            }
        }
    }

    /** Packets want to use the SA: bytes are counted before use, allocations never expire. */
    boolean used(SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        ExtensionType reached = Limits.reachedByUse(sa, sa.use().bytes() + bytes, 0);
        if (reached == ExtensionType.LIFETIME_HARD) {
            Endings.hardLimit(sa, engine);
            return false;
        }
        sa.ownUse().charge(bytes, packets, now.wallSeconds(), now.millis());
        sa.flag(SaFlag.X_USED);
        if (reached == ExtensionType.LIFETIME_SOFT && sa.state() == SaState.MATURE) {
            Endings.softLimit(sa, engine);
        }
        return true;
    }

    /** The idle clock of the SA starts again now; its schedule must follow. */
    void restartIdle(SecurityAssociation sa, Now now) {
        idleSince.put(sa, now.millis());
    }

    private long idleMillis(SecurityAssociation sa) {
        return sa.idle() == null
                ? Limits.NEVER
                : Limits.idleMillis(sa, idleSince.getOrDefault(sa, sa.addedMillis()));
    }

    private static long millis(Setting seconds, KeyEngine engine) {
        return 1000 * engine.settings().number(seconds);
    }
}
