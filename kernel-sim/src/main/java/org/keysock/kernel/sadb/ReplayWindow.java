package org.keysock.kernel.sadb;

import java.util.Arrays;

/**
 * The anti-replay window of an inbound SA, RFC 4303 section 3.4.3 and appendix A: which of the
 * latest sequence numbers have been received. Asking changes nothing; only what has been
 * authenticated is received. Numbers are unsigned.
 */
public final class ReplayWindow {

    private final long[] seen;
    private final int size;
    private long highest;
    private long largestGap;

    /**
     * A window in which nothing has been received.
     *
     * @param size packets, 1 to 4096
     */
    public ReplayWindow(int size) {
        this(size, 0);
    }

    /**
     * A window in which one number has been received.
     *
     * @param size packets, 1 to 4096
     * @param highest that number, 0 for none
     */
    public ReplayWindow(int size, long highest) {
        if (size < 1 || size > 4096) {
            throw new IllegalArgumentException("a replay window holds 1 to 4096 packets: " + size);
        }
        this.size = size;
        this.highest = highest;
        seen = new long[Integer.highestOneBit((size + 126) / 64 * 2 - 1)];
        if (highest != 0) {
            mark(highest);
        }
    }

    /** Packets it holds. */
    public int size() {
        return size;
    }

    /** The highest number received, 64 bits with extended sequence numbers; 0 for none. */
    public long highest() {
        return highest;
    }

    /** The most numbers that one packet has left out. */
    public long largestGap() {
        return largestGap;
    }

    /**
     * The number that the 32 bits of a packet stand for when sequence numbers are extended: RFC
     * 4303 appendix A2.2.
     *
     * @return 64 bits, unsigned; 0 when no legal number has these bits
     */
    public long extended(int low) {
        long bottom = highest - size + 1;
        long candidate = (bottom & ~0xffff_ffffL) | Integer.toUnsignedLong(low);
        if (candidate - bottom < 0) {
            candidate += 1L << 32;
        }
        boolean beforeTheFirst = bottom < 0 && highest >= 0 && candidate < 0;
        return beforeTheFirst ? 0 : candidate;
    }

    /** Whether a packet of that number has not been received yet and is not too old. */
    public boolean acceptable(long sequence) {
        if (sequence == 0) {
            return false;
        }
        return Long.compareUnsigned(sequence, highest) > 0
                || (highest - sequence >= 0
                        && highest - sequence < size
                        && (word(sequence) & bit(sequence)) == 0);
    }

    /** A packet of that number has been authenticated. */
    public void received(long sequence) {
        if (Long.compareUnsigned(sequence, highest) > 0) {
            long gap = sequence - highest - 1;
            largestGap = Math.max(largestGap, gap);
            long words = Math.min((sequence >>> 6) - (highest >>> 6), seen.length);
            for (long i = 1; i <= words; i++) {
                seen[(int) ((highest >>> 6) + i) & (seen.length - 1)] = 0;
            }
            highest = sequence;
        }
        mark(sequence);
    }

    /** All packets up to that number have been authenticated, in order, none left out. */
    public void receivedThrough(long sequence) {
        if (sequence - highest >= size) {
            Arrays.fill(seen, 0);
            highest = sequence - size;
        }
        for (long next = highest + 1; next <= sequence; next++) {
            received(next);
        }
    }

    /** The latest 64 numbers, or as many as the window holds: bit 0 is the highest received. */
    public long bits() {
        long bits = 0;
        for (int i = 0; i < Math.min(size, 64) && highest != i; i++) {
            bits |= (word(highest - i) & bit(highest - i)) == 0 ? 0 : 1L << i;
        }
        return bits;
    }

    private void mark(long sequence) {
        seen[index(sequence)] |= bit(sequence);
    }

    private long word(long sequence) {
        return seen[index(sequence)];
    }

    private int index(long sequence) {
        return (int) (sequence >>> 6) & (seen.length - 1);
    }

    private static long bit(long sequence) {
        return 1L << (sequence & 63);
    }
}
