package org.keysock.kernel.sadb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/**
 * The security association database, RFC 4301 section 4.4.2. An SA is unique by protocol,
 * destination and SPI (decisions.md 9). Owned by one thread.
 *
 * <p>All indexes are links in the SAs themselves. SAs stand on <em>shelves</em>, one for each
 * protocol, family and table (outbound, inbound), oldest first; every dump order is a way to take
 * from the shelves.
 */
public final class Sadb {

    private final IdentityIndex identities = new IdentityIndex();
    private final SpiIndex spis = new SpiIndex();
    private final ChoiceIndex choices = new ChoiceIndex();
    private final TimerWheel wheel = new TimerWheel();
    private final References references = new References();
    private final @Nullable SecurityAssociation[] oldest = new SecurityAssociation[Shelf.COUNT];
    private final @Nullable SecurityAssociation[] newest = new SecurityAssociation[Shelf.COUNT];
    private final int[] sizes = new int[SaType.all().size()];
    private final List<ShelfWalk> walks = new ArrayList<>();
    private int size;
    private long lastSerial;
    private long changes;

    /**
     * Adds an SA as the newest.
     *
     * @return false when protocol, destination and SPI are taken; nothing is changed then
     * @throws IllegalStateException if a database holds it already, or its protocol is a number
     *     without a name
     */
    public boolean insert(SecurityAssociation sa) {
        if (sa.serial != 0) {
            throw new IllegalStateException("inserted twice: " + sa);
        }
        if (identities.find(sa.protocol(), sa.destination(), sa.spiBits()) != null) {
            return false;
        }
        sa.serial = ++lastSerial;
        identities.add(sa);
        spis.add(sa);
        choices.add(sa);
        sa.choices = choices;
        shelve(sa, Shelf.of(sa));
        sizes[sa.protocol().ordinal()]++;
        size++;
        changes += nameable(sa) ? 1 : 0;
        references.give(sa);
        return true;
    }

    /**
     * Takes an SA out of database, schedule, pair and group; its keys stay readable until {@link
     * #forget}.
     *
     * @throws IllegalStateException if no database holds it
     */
    public void remove(SecurityAssociation sa) {
        if (sa.serial == 0) {
            throw new IllegalStateException("not in a database: " + sa);
        }
        for (ShelfWalk walk : walks) {
            walk.leave(sa);
        }
        wheel.remove(sa);
        unshelve(sa, Shelf.of(sa));
        sa.choices = null;
        choices.remove(sa);
        spis.remove(sa);
        identities.remove(sa);
        sa.unpair();
        Group.leave(sa);
        references.takeBack(sa);
        sa.serial = 0;
        changes += nameable(sa) ? 1 : 0;
        sizes[sa.protocol().ordinal()]--;
        size--;
    }

    /**
     * Overwrites the keys of an SA that was removed and has been told of.
     *
     * @throws IllegalStateException if a database holds it
     */
    public void forget(SecurityAssociation sa) {
        if (sa.serial != 0) {
            throw new IllegalStateException("still in use: " + sa);
        }
        sa.prepared(null);
        sa.secrets().authKey().destroy();
        sa.secrets().encryptKey().destroy();
    }

    /** The SA of that identity, or null. */
    public @Nullable SecurityAssociation find(SaType protocol, IpAddress destination, Spi spi) {
        return identities.find(protocol, destination, spi.value());
    }

    /**
     * The same for a destination as plain numbers, so that a packet that arrives costs no object.
     *
     * @param high the upper half of an IPv6 address, 0 for IPv4
     * @param low the lower half, or the IPv4 address unsigned
     */
    public @Nullable SecurityAssociation find(
            SaType protocol, boolean six, long high, long low, int spi) {
        return identities.find(protocol, six, high, low, spi);
    }

    /** Whether any SA of the protocol has that SPI, whatever its destination. */
    public boolean spiInUse(SaType protocol, Spi spi) {
        return spis.inUse(protocol, spi.value());
    }

    /**
     * The SA that protects packets which leave, or null. Larval and dead ones do not; of the others
     * Linux takes the one with the same source before one without, the mature before the dying,
     * then the newest.
     */
    public @Nullable SecurityAssociation choose(SaDemand demand) {
        return choices.choose(demand);
    }

    /** Changes with every change after which packets may find other SAs. */
    public long generation() {
        return choices.generation() + changes;
    }

    /** Whether an eroute may send packets through it that are no choice: KLIPS' inbound SAs. */
    private static boolean nameable(SecurityAssociation sa) {
        return sa.home() == DialectName.KLIPS;
    }

    /**
     * Makes two SAs neighbours in a group, klips.md section 3.6.
     *
     * @param inside protects packets that leave just before {@code outside}
     * @throws IllegalStateException if one of them has a neighbour there already, or the group
     *     would be a ring
     */
    public void join(SecurityAssociation inside, SecurityAssociation outside) {
        Group.join(inside, outside);
        changes++;
    }

    /** Takes the group of an SA apart; harmless when it is in none. */
    public void ungroup(SecurityAssociation sa) {
        Group.of(sa).forEach(Group::leave);
        changes++;
    }

    /** Puts an SA into another's place in its group. */
    public void succeed(SecurityAssociation old, SecurityAssociation heir) {
        Group.succeed(old, heir);
        changes++;
    }

    /**
     * Which SA references there are, before the first is drawn: from, and up to without the last.
     */
    public void references(int first, int end) {
        references.range(first, end);
    }

    /**
     * The next SA reference that no SA has, which the next drawing will not give: KLIPS draws them
     * for messages too (klips.md section 1.7). {@link SecurityAssociation#NO_REFERENCE} when all
     * are in use.
     */
    public int drawReference() {
        return references.draw();
    }

    /** Whether a database holds this very SA. */
    public boolean holds(SecurityAssociation sa) {
        return sa.serial != 0;
    }

    /** Number of SAs. */
    public int size() {
        return size;
    }

    /** Number of SAs of a protocol. */
    public int size(SaType protocol) {
        return protocol.known() ? sizes[protocol.ordinal()] : 0;
    }

    /** A walk over all SAs, or those of one protocol ({@link SaType#UNSPEC} for all). */
    public Walk walk(SaType protocol, Order order) {
        ShelfWalk walk = new ShelfWalk(this, protocol, order, lastSerial);
        walks.add(walk);
        return walk;
    }

    /** In which order a walk goes. */
    public enum Order {
        /** Oldest first: KLIPS, RFC 2367. */
        INSERTION,
        /** Newest first: Linux. */
        NEWEST_FIRST,
        /**
         * AH before ESP before others; in each IPv4 outbound, inbound, then IPv6: Solaris. An SA of
         * both directions is shown among the outbound ones.
         */
        SHELVES
    }

    /**
     * A walk that stands still between steps while the database changes under it: it shows each SA
     * at most once, none that was removed before its turn, and none that was inserted after the
     * walk began. Must be closed.
     */
    public interface Walk extends AutoCloseable {

        /** The next SA, or null at the end and after {@link #close}. */
        @Nullable SecurityAssociation next();

        @Override
        void close();
    }

    /**
     * Sets, or moves, the moment at which this SA must next be looked at.
     *
     * @throws IllegalStateException if no database holds it
     */
    public void schedule(SecurityAssociation sa, long dueMillis) {
        if (sa.serial == 0) {
            throw new IllegalStateException("not in a database: " + sa);
        }
        wheel.remove(sa);
        wheel.add(sa, dueMillis);
    }

    /** Takes an SA out of the schedule, if it is in it. */
    public void unschedule(SecurityAssociation sa) {
        wheel.remove(sa);
    }

    /**
     * The earliest moment at which {@link #due} may have something to do, never later than the
     * first scheduled one; Long.MAX_VALUE for never. A far moment is approached in a few steps:
     * {@code due} then finds nothing yet and the next answer is nearer.
     */
    public long nextDue() {
        return wheel.next();
    }

    /**
     * Hands over every SA whose moment has come, each unscheduled first, in order of moment; also
     * those that {@code visitor} schedules for a moment not after {@code nowMillis}.
     */
    public void due(long nowMillis, Consumer<SecurityAssociation> visitor) {
        wheel.advance(nowMillis, visitor);
    }

    @Nullable SecurityAssociation oldest(int shelf) {
        return oldest[shelf];
    }

    @Nullable SecurityAssociation newest(int shelf) {
        return newest[shelf];
    }

    void closed(ShelfWalk walk) {
        walks.remove(walk);
    }

    private void shelve(SecurityAssociation sa, int shelf) {
        SecurityAssociation before = newest[shelf];
        sa.shelfBefore = before;
        newest[shelf] = sa;
        if (before == null) {
            oldest[shelf] = sa;
        } else {
            before.shelfAfter = sa;
        }
    }

    private void unshelve(SecurityAssociation sa, int shelf) {
        SecurityAssociation before = sa.shelfBefore;
        SecurityAssociation after = sa.shelfAfter;
        if (before == null) {
            oldest[shelf] = after;
        } else {
            before.shelfAfter = after;
        }
        if (after == null) {
            newest[shelf] = before;
        } else {
            after.shelfBefore = before;
        }
        sa.shelfBefore = null;
        sa.shelfAfter = null;
    }
}
