package org.keysock.kernel.sadb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.SaType;

/**
 * A walk over shelves: one bookmark on each, at the next SA to be shown there. Since each shelf is
 * in order of serial numbers, the orders by age only choose among the bookmarks.
 */
final class ShelfWalk implements Sadb.Walk {

    private final Sadb sadb;
    private final Sadb.Order order;
    private final int firstShelf;
    private final long lastSerial;
    private final @Nullable SecurityAssociation[] bookmarks;

    /** A walk over SAs whose serial number is at most {@code lastSerial}. */
    ShelfWalk(Sadb sadb, SaType protocol, Sadb.Order order, long lastSerial) {
        this.sadb = sadb;
        this.order = order;
        this.lastSerial = lastSerial;
        boolean all = protocol == SaType.UNSPEC;
        firstShelf = all || !protocol.known() ? 0 : Shelf.first(protocol);
        int shelves = all ? Shelf.COUNT : protocol.known() ? Shelf.OF_PROTOCOL : 0;
        bookmarks = new SecurityAssociation[shelves];
        for (int index = 0; index < shelves; index++) {
            int shelf = firstShelf + index;
            bookmarks[index] =
                    order == Sadb.Order.NEWEST_FIRST ? sadb.newest(shelf) : sadb.oldest(shelf);
        }
    }

    @Override
    public @Nullable SecurityAssociation next() {
        int chosen = -1;
        SecurityAssociation sa = null;
        for (int index = 0; index < bookmarks.length; index++) {
            SecurityAssociation candidate = bookmarks[index];
            if (candidate != null && (sa == null || before(candidate, sa))) {
                chosen = index;
                sa = candidate;
            }
        }
        if (sa != null) {
            bookmarks[chosen] = behind(sa);
        }
        return sa;
    }

    /** Moves on when the SA, about to be taken out of the database, would be shown next. */
    void leave(SecurityAssociation sa) {
        int index = Shelf.of(sa) - firstShelf;
        if (index >= 0 && index < bookmarks.length && bookmarks[index] == sa) {
            bookmarks[index] = behind(sa);
        }
    }

    @Override
    public void close() {
        Arrays.fill(bookmarks, null);
        sadb.closed(this);
    }

    /** Whether an SA of a later shelf is to be shown before one of an earlier shelf. */
    private boolean before(SecurityAssociation later, SecurityAssociation earlier) {
        return switch (order) {
            case INSERTION -> later.serial < earlier.serial;
            case NEWEST_FIRST -> later.serial > earlier.serial;
            case SHELVES -> false;
        };
    }

    private @Nullable SecurityAssociation behind(SecurityAssociation sa) {
        if (order == Sadb.Order.NEWEST_FIRST) {
            return sa.shelfBefore;
        }
        SecurityAssociation after = sa.shelfAfter;
        return after != null && after.serial <= lastSerial ? after : null;
    }
}
