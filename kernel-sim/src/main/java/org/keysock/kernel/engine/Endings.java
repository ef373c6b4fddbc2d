package org.keysock.kernel.engine;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.Limits;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;

/**
 * How SAs end, whoever their home is. An end is told before the SA leaves the database, so that
 * what is said of it can still name its partner.
 */
public final class Endings {

    private Endings() {}

    /**
     * Packets want to use an SA whose limits are looked at before the packets are counted, as Linux
     * does (rfc2367-linux-kame.md section 8.11).
     *
     * @return whether they may pass, and have been counted
     */
    public static boolean chargeBelowLimits(
            SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        ExtensionType limit = Limits.reachedByUse(sa, sa.use().bytes(), sa.use().packets());
        reached(sa, limit, engine);
        if (limit == ExtensionType.LIFETIME_HARD) {
            return false;
        }
        sa.ownUse().charge(bytes, packets, now.wallSeconds(), now.millis());
        return true;
    }

    /** A limit was reached: LIFETIME_HARD or LIFETIME_SOFT; null for none. */
    public static void reached(
            SecurityAssociation sa, @Nullable ExtensionType limit, KeyEngine engine) {
        if (limit == ExtensionType.LIFETIME_HARD) {
            hardLimit(sa, engine);
        } else if (limit == ExtensionType.LIFETIME_SOFT) {
            softLimit(sa, engine);
        }
    }

    /** A soft limit was reached: the SA is dying. */
    public static void softLimit(SecurityAssociation sa, KeyEngine engine) {
        engine.state(sa, SaState.DYING);
        engine.tell(Outcome.expired(sa, ExtensionType.LIFETIME_SOFT));
    }

    /**
     * A hard limit was reached: the SA is dead, and so is the other half of its pair. An outbound
     * half says so itself; an inbound one goes along without an EXPIRE (solaris.md section 3.16),
     * which other dialects, knowing no pairs, hear as its deletion. A larval SA goes alone.
     */
    public static void hardLimit(SecurityAssociation sa, KeyEngine engine) {
        boolean larval = sa.state() == SaState.LARVAL;
        engine.state(sa, SaState.DEAD);
        engine.tell(Outcome.expired(sa, ExtensionType.LIFETIME_HARD));
        SecurityAssociation partner = sa.partner();
        if (!larval && partner != null && partner.state() != SaState.DEAD) {
            engine.state(partner, SaState.DEAD);
            engine.tell(
                    sa.direction() == Direction.INBOUND
                            ? Outcome.expired(partner, ExtensionType.LIFETIME_HARD)
                            : Outcome.of(Outcome.Event.DELETED, null, partner));
            bury(partner, engine);
        }
        if (larval) {
            engine.remove(sa);
        } else {
            bury(sa, engine);
        }
    }

    /**
     * An SA is deleted.
     *
     * @param request that names it; null for those that go along with it
     */
    public static void deleted(
            SecurityAssociation sa, @Nullable Request request, KeyEngine engine) {
        sa.state(SaState.DEAD);
        engine.tell(Outcome.of(Outcome.Event.DELETED, request, sa));
        engine.remove(sa);
    }

    /** Dead SAs leave at once, unless their home lets them linger until they are due. */
    private static void bury(SecurityAssociation sa, KeyEngine engine) {
        if (!engine.lingers(sa)) {
            engine.remove(sa);
        }
    }
}
