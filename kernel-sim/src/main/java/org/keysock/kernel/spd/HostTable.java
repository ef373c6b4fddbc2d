package org.keysock.kernel.spd;

import org.jspecify.annotations.Nullable;

/**
 * The policies between two single hosts, by both addresses. They are the most numerous where
 * transport mode is in use, and one look here spares them the way through the tries.
 */
final class HostTable {

    private static final int LEAST = 16;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private @Nullable Pair[] chains = new Pair[LEAST];
    private int pairs;

    /** The policies of one pair of hosts. */
    private static final class Pair extends PortTable {
        private final long sourceHigh;
        private final long sourceLow;
        private final long destinationHigh;
        private final long destinationLow;
        private @Nullable Pair next;

        Pair(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
            this.sourceHigh = sourceHigh;
            this.sourceLow = sourceLow;
            this.destinationHigh = destinationHigh;
            this.destinationLow = destinationLow;
        }
    }

    /** The policies between these hosts, or null. */
    @Nullable PortTable find(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
        Pair pair = chains[chain(sourceHigh, sourceLow, destinationHigh, destinationLow)];
        while (pair != null
                && !(pair.destinationHigh == destinationHigh
                        && pair.destinationLow == destinationLow
                        && pair.sourceHigh == sourceHigh
                        && pair.sourceLow == sourceLow)) {
            pair = pair.next;
        }
        return pair;
    }

    /** Opens a table for two hosts that have none. */
    PortTable open(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
        if (pairs == chains.length) {
            @Nullable Pair[] old = chains;
            chains = new Pair[2 * old.length];
            for (Pair first : old) {
                Pair pair = first;
                while (pair != null) {
                    Pair next = pair.next;
                    push(pair);
                    pair = next;
                }
            }
        }
        Pair pair = new Pair(sourceHigh, sourceLow, destinationHigh, destinationLow);
        push(pair);
        pairs++;
        return pair;
    }

    /** Forgets a table that {@link #find} gave and that is empty now. */
    void close(PortTable table) {
        Pair closing = (Pair) table;
        int chain = chain(closing);
        Pair before = null;
        Pair at = chains[chain];
        while (at != null && at != closing) {
            before = at;
            at = at.next;
        }
        if (before == null) {
            chains[chain] = closing.next;
        } else {
            before.next = closing.next;
        }
        pairs--;
    }

    private void push(Pair pair) {
        int chain = chain(pair);
        pair.next = chains[chain];
        chains[chain] = pair;
    }

    private int chain(Pair pair) {
        return chain(pair.sourceHigh, pair.sourceLow, pair.destinationHigh, pair.destinationLow);
    }

    private int chain(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
        long mixed = (sourceHigh ^ (sourceHigh >>> 32)) * SPREAD + sourceLow;
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD + (destinationHigh ^ (destinationHigh >>> 32));
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD + destinationLow;
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD;
        return (int) (mixed >>> 32) & (chains.length - 1);
    }
}
