package org.keysock.kernel.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.Group;
import org.keysock.kernel.sadb.Limits;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

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
     * which other dialects, knowing no pairs, hear as its deletion. A larval SA goes without its
     * partner.
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
        if (engine.sadb().holds(sa)) { // the group of a partner may have taken it along
            sa.state(SaState.DEAD);
            engine.tell(Outcome.of(Outcome.Event.DELETED, request, sa));
            engine.remove(sa);
        }
    }

    /**
     * An SA ends, and the others of its group with it, whoever its home is and whatever ends it
     * (klips.md sections 3.4 and 3.11): a packet that lacks one of its protections must not go.
     */
    static void restOfGroup(SecurityAssociation sa, KeyEngine engine) {
        if (sa.grouped()) {
            List<SecurityAssociation> members = Group.of(sa);
            engine.sadb().ungroup(sa);
            for (SecurityAssociation member : members) {
                if (member != sa) {
                    deletedWithGroup(member, engine);
                }
            }
        }
    }

    private static void deletedWithGroup(SecurityAssociation sa, KeyEngine engine) {
        if (sa.state() != SaState.DEAD) { // else its end has been told, and is seen to elsewhere
            sa.state(SaState.DEAD);
            engine.tell(Outcome.of(Outcome.Event.DELETED_WITH_GROUP, null, sa));
            engine.remove(sa);
        }
    }

    /**
     * Removes all SAs of a protocol, larval ones too, and what packets wait for. Others go along
     * with their group.
     *
     * @param saType {@link SaType#UNSPEC} for all
     * @return how many SAs of the protocol there were
     */
    public static int flush(SaType saType, KeyEngine engine) {
        int count = 0;
        try (Sadb.Walk walk = engine.sadb().walk(saType, Sadb.Order.INSERTION)) {
            for (SecurityAssociation sa = walk.next(); sa != null; sa = walk.next()) {
                flush(sa, saType, engine);
                count++;
            }
        }
        engine.acquires().flush(saType);
        return count;
    }

    private static void flush(SecurityAssociation sa, SaType saType, KeyEngine engine) {
        if (sa.grouped()) {
            List<SecurityAssociation> members = Group.of(sa);
            engine.sadb().ungroup(sa);
            for (SecurityAssociation member : members) {
                if (saType != SaType.UNSPEC && member.protocol() != saType) {
                    deletedWithGroup(member, engine);
                }
            }
        }
        engine.remove(sa);
    }

    /** Dead SAs leave at once, unless their home lets them linger until they are due. */
    private static void bury(SecurityAssociation sa, KeyEngine engine) {
        restOfGroup(sa, engine);
        if (!engine.lingers(sa)) {
            engine.remove(sa);
        }
    }
}
