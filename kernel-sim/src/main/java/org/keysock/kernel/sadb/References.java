package org.keysock.kernel.sadb;

import java.util.BitSet;

/**
 * The small numbers of SAs: klips.md section 1.7. They are given out upwards, and after the last
 * from the beginning again, those left out that an SA has.
 */
final class References {

    private final BitSet held = new BitSet();
    private int first;
    private int end = 1 << 16;
    private int next;
    private int given;

    /** Which there are, before the first is drawn. */
    void range(int from, int to) {
        first = from;
        end = to;
        next = from;
    }

    /** The next number that no SA has; {@link SecurityAssociation#NO_REFERENCE} for none. */
    int draw() {
        if (given == end - first) {
            return SecurityAssociation.NO_REFERENCE;
        }
        int free = held.nextClearBit(next);
        if (free >= end) {
            free = held.nextClearBit(first);
        }
        next = free + 1;
        return free;
    }

    /** Gives an SA a number, if one is left. */
    void give(SecurityAssociation sa) {
        sa.reference = draw();
        if (sa.reference != SecurityAssociation.NO_REFERENCE) {
            held.set(sa.reference);
            given++;
        }
    }

    /** The number of an SA, which keeps it to be shown, may be given out again. */
    void takeBack(SecurityAssociation sa) {
        if (sa.reference != SecurityAssociation.NO_REFERENCE) {
            held.clear(sa.reference);
            given--;
        }
    }
}
