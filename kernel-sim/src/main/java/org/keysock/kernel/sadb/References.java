package org.keysock.kernel.sadb;

import java.util.BitSet;

/**
 * The small numbers of SAs: klips.md section 1.7. They are given out from 0 upwards, and after the
 * last from the beginning again, those left out that an SA has.
 */
final class References {

    private static final int COUNT = 1 << 16;

    private final BitSet held = new BitSet();
    private int next;

    /** The next number that no SA has; {@link SecurityAssociation#NO_REFERENCE} for none. */
    int draw() {
        int free = held.nextClearBit(next);
        if (free >= COUNT) {
            free = held.nextClearBit(0);
        }
        if (free >= COUNT) {
            return SecurityAssociation.NO_REFERENCE;
        }
        next = free + 1;
        return free;
    }

    /** Gives an SA a number, if one is left. */
    void give(SecurityAssociation sa) {
        sa.reference = draw();
        if (sa.reference != SecurityAssociation.NO_REFERENCE) {
            held.set(sa.reference);
        }
    }

    /** The number of an SA, which keeps it to be shown, may be given out again. */
    void takeBack(SecurityAssociation sa) {
        if (sa.reference != SecurityAssociation.NO_REFERENCE) {
            held.clear(sa.reference);
        }
    }
}
