package org.keysock.kernel.sadb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/**
 * Heads of hash chains, as many as there are members. It grows by one bucket at a time (linear
 * hashing), so that no single insert pays for rehashing all.
 */
final class Buckets {

    private static final int SEGMENT_BITS = 9;
    private static final int SEGMENT = 1 << SEGMENT_BITS;

    private @Nullable SecurityAssociation[][] segments = {new SecurityAssociation[SEGMENT]};
    private int count = SEGMENT;

    /** Number of buckets. */
    int count() {
        return count;
    }

    /** The bucket in which a member of that hash stands. */
    int indexOf(int hash) {
        int whole = Integer.highestOneBit(count);
        int index = hash & (2 * whole - 1);
        return index < count ? index : index & (whole - 1);
    }

    /** The first of the bucket's chain. */
    @Nullable SecurityAssociation head(int index) {
        return segments[index >>> SEGMENT_BITS][index & (SEGMENT - 1)];
    }

    /** Sets the first of the bucket's chain. */
    void head(int index, @Nullable SecurityAssociation sa) {
        segments[index >>> SEGMENT_BITS][index & (SEGMENT - 1)] = sa;
    }

    /**
     * Opens one bucket more.
     *
     * @return the only bucket some of whose members now belong elsewhere: into the new one
     */
    int grow() {
        int whole = Integer.highestOneBit(count);
        int segment = count >>> SEGMENT_BITS;
        if (segment == segments.length) {
            segments = Arrays.copyOf(segments, 2 * segment);
        }
        if ((count & (SEGMENT - 1)) == 0) {
            segments[segment] = new SecurityAssociation[SEGMENT];
        }
        return count++ - whole;
    }

    /** An address as 64 bits, for hashing. */
    static long bits(IpAddress address) {
        return address instanceof Ipv6Address six
                ? bits(true, six.high(), six.low())
                : bits(false, 0, ((Ipv4Address) address).bits());
    }

    /** The same of an address as plain numbers; of an IPv4 address the lower 32 bits count. */
    static long bits(boolean six, long high, long low) {
        return six ? high * 0x9e3779b97f4a7c15L + low : (int) low;
    }

    /** Spreads the entropy of 64 bits over 32. */
    static int mix(long bits) {
        long mixed = (bits ^ bits >>> 32) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return (int) (mixed ^ mixed >>> 32);
    }
}
