package org.keysock.kernel.spd;

import org.jspecify.annotations.Nullable;

/**
 * The policies of one pair of prefixes, by upper-layer protocol and ports. Each of the three is one
 * value or any, which makes eight kinds of policies; a flow is looked up once for each kind that is
 * there.
 */
class PortTable implements Ranked {

    private static final int KINDS = 8;

    /** Which bits of {@link #pack} the policies of a kind look at. */
    private static final long[] MASKS = new long[KINDS];

    static {
        for (int kind = 0; kind < KINDS; kind++) {
            MASKS[kind] =
                    ((kind & 4) != 0 ? 0xffff_0000_0000L : 0)
                            | ((kind & 2) != 0 ? 0xffff_0000L : 0)
                            | ((kind & 1) != 0 ? 0xffffL : 0);
        }
    }

    private final Ranking all = new Ranking();
    private final int[] cellsOfKind = new int[KINDS];
    private int kinds;
    private int cells;
    private @Nullable Cell[] chains = new Cell[1];

    /** Policies that look at the same protocol and ports; several when they differ in vain bits. */
    private static final class Cell extends Ranking {
        private final long key;
        private @Nullable Cell next;

        Cell(long key) {
            this.key = key;
        }
    }

    /** Protocol and ports in one number, 0 for any. */
    static long pack(int protocol, int sourcePort, int destinationPort) {
        return ((long) (protocol & 0xffff) << 32)
                | ((long) (sourcePort & 0xffff) << 16)
                | (destinationPort & 0xffff);
    }

    @Override
    public final @Nullable Policy best() {
        return all.best();
    }

    /** The policy asked first of those that fit and of one found elsewhere. */
    final @Nullable Policy judge(long flow, @Nullable Policy found) {
        Policy best = found;
        for (int left = kinds; left != 0; left &= left - 1) {
            Cell cell = find(flow & MASKS[Integer.numberOfTrailingZeros(left)]);
            Policy candidate = cell == null ? null : cell.best();
            if (candidate != null && candidate.before(best)) {
                best = candidate;
            }
        }
        return best;
    }

    /** Adds a policy that is not in here. */
    final void add(Policy policy) {
        long key = key(policy);
        Cell cell = find(key);
        if (cell == null) {
            cell = open(key);
        }
        cell.add(policy);
        all.add(policy);
    }

    /** Takes out a policy that is in here. */
    final void remove(Policy policy) {
        Cell cell = find(key(policy));
        if (cell == null) {
            throw new IllegalStateException("not in here: " + policy);
        }
        cell.remove(policy);
        if (cell.best() == null) {
            close(cell);
        }
        all.remove(policy);
    }

    private static long key(Policy policy) {
        Selector selector = policy.selector();
        return pack(selector.protocol(), selector.sourcePort(), selector.destinationPort());
    }

    private static int kind(long key) {
        return ((key & MASKS[4]) != 0 ? 4 : 0)
                | ((key & MASKS[2]) != 0 ? 2 : 0)
                | ((key & MASKS[1]) != 0 ? 1 : 0);
    }

    private @Nullable Cell find(long key) {
        Cell cell = chains[chain(key)];
        while (cell != null && cell.key != key) {
            cell = cell.next;
        }
        return cell;
    }

    private Cell open(long key) {
        if (cells == chains.length) {
            grow();
        }
        Cell cell = new Cell(key);
        push(cell);
        cells++;
        int kind = kind(key);
        cellsOfKind[kind]++;
        kinds |= 1 << kind;
        return cell;
    }

    private void close(Cell cell) {
        int chain = chain(cell.key);
        Cell before = null;
        Cell at = chains[chain];
        while (at != null && at != cell) {
            before = at;
            at = at.next;
        }
        if (before == null) {
            chains[chain] = cell.next;
        } else {
            before.next = cell.next;
        }
        cells--;
        int kind = kind(cell.key);
        if (--cellsOfKind[kind] == 0) {
            kinds &= ~(1 << kind);
        }
    }

    private void grow() {
        @Nullable Cell[] old = chains;
        chains = new Cell[2 * old.length];
        for (Cell first : old) {
            Cell cell = first;
            while (cell != null) {
                Cell next = cell.next;
                push(cell);
                cell = next;
            }
        }
    }

    private void push(Cell cell) {
        int chain = chain(cell.key);
        cell.next = chains[chain];
        chains[chain] = cell;
    }

    private int chain(long key) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32) & (chains.length - 1);
    }
}
