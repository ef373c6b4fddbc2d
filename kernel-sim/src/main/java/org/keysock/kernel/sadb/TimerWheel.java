package org.keysock.kernel.sadb;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines in milliseconds: a hierarchical timing wheel of 64 slots a level. Adding and cancelling
 * cost the same however many deadlines there are, and nothing is allocated.
 *
 * <p>A deadline stands at the level of the highest base-64 digit in which it differs from the
 * present, in the slot of that digit. So level 0 tells the exact millisecond, every deadline of a
 * level comes before those of the next, and eleven levels hold any positive {@code long}. When the
 * present enters a slot of a higher level, its deadlines are spread over the levels below.
 */
final class TimerWheel {

    private static final int DIGIT = 6;
    private static final int SLOTS = 1 << DIGIT;
    private static final int LEVELS = 11;

    // Each slot's list, level by level.
    private final @Nullable SecurityAssociation[] first = new SecurityAssociation[LEVELS * SLOTS];
    private final @Nullable SecurityAssociation[] last = new SecurityAssociation[LEVELS * SLOTS];

    /** For each level one bit for each slot that is not empty. */
    private final long[] occupied = new long[LEVELS];

    private long present;

    /** Adds an SA that is not in here; a deadline that has passed counts as the present. */
    void add(SecurityAssociation sa, long dueMillis) {
        sa.dueMillis = dueMillis;
        long at = Math.max(dueMillis, present);
        int level = (63 - Long.numberOfLeadingZeros((at ^ present) | 1)) / DIGIT;
        int slot = level * SLOTS + ((int) (at >>> (level * DIGIT)) & (SLOTS - 1));
        SecurityAssociation before = last[slot];
        sa.dueBefore = before;
        last[slot] = sa;
        if (before == null) {
            first[slot] = sa;
            occupied[level] |= 1L << slot;
        } else {
            before.dueAfter = sa;
        }
        sa.dueSlot = slot;
    }

    /** Takes an SA out, if it is in here. */
    void remove(SecurityAssociation sa) {
        int slot = sa.dueSlot;
        if (slot < 0) {
            return;
        }
        SecurityAssociation before = sa.dueBefore;
        SecurityAssociation after = sa.dueAfter;
        if (before == null) {
            first[slot] = after;
        } else {
            before.dueAfter = after;
        }
        if (after == null) {
            last[slot] = before;
        } else {
            after.dueBefore = before;
        }
        if (before == null && after == null) {
            occupied[slot / SLOTS] &= ~(1L << slot);
        }
        sa.dueBefore = null;
        sa.dueAfter = null;
        sa.dueSlot = -1;
    }

    /** A moment not after the earliest deadline, exact when that is near; MAX_VALUE for none. */
    long next() {
        int level = lowestOccupied();
        return level < 0 ? Long.MAX_VALUE : begin(level);
    }

    /** Hands over, in order, all whose deadline is not after {@code nowMillis}, each taken out. */
    void advance(long nowMillis, Consumer<SecurityAssociation> visitor) {
        for (int level = lowestOccupied();
                level >= 0 && begin(level) <= nowMillis;
                level = lowestOccupied()) {
            int slot = level * SLOTS + Long.numberOfTrailingZeros(occupied[level]);
            present = begin(level);
            SecurityAssociation sa = first[slot];
            if (level > 0) {
                spread(slot);
            } else if (sa != null) {
                remove(sa);
                visitor.accept(sa);
            }
        }
        present = Math.max(present, nowMillis);
    }

    private void spread(int slot) {
        for (SecurityAssociation sa = first[slot]; sa != null; sa = first[slot]) {
            remove(sa);
            add(sa, sa.dueMillis);
        }
    }

    private int lowestOccupied() {
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] != 0) {
                return level;
            }
        }
        return -1;
    }

    /** When the first slot of a level that is not empty begins. */
    private long begin(int level) {
        int shift = level * DIGIT;
        int above = shift + DIGIT;
        long prefix = above < 64 ? present >>> above << above : 0;
        return prefix | (long) Long.numberOfTrailingZeros(occupied[level]) << shift;
    }
}
