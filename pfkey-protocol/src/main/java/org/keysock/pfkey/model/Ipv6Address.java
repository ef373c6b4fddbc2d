package org.keysock.pfkey.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An IPv6 address as two numbers, most significant half first. */
public record Ipv6Address(long high, long low) implements IpAddress {

    /** The unspecified address, {@code ::}. */
    public static final Ipv6Address ANY = new Ipv6Address(0, 0);

    static Ipv6Address ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Ipv6Address(buffer.getLong(), buffer.getLong());
    }

    @Override
    public int bitLength() {
        return 128;
    }

    @Override
    public boolean unspecified() {
        return (high | low) == 0;
    }

    @Override
    public boolean multicastOrBroadcast() {
        return high >>> 56 == 0xff;
    }

    @Override
    public Ipv6Address masked(int prefixLength) {
        int kept = IpAddress.checkedPrefix(prefixLength, 128);
        long highMask = kept == 0 ? 0 : kept >= 64 ? -1L : -1L << (64 - kept);
        long lowMask = kept <= 64 ? 0 : -1L << (128 - kept);
        return new Ipv6Address(high & highMask, low & lowMask);
    }

    @Override
    public Ipv6Address any() {
        return ANY;
    }

    @Override
    public byte[] toBytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    /** The IPv4 address inside a v4-mapped address {@code ::ffff:a.b.c.d}, else null. */
    public @Nullable Ipv4Address unmapped() {
        return high == 0 && low >>> 32 == 0xffff ? new Ipv4Address((int) low) : null;
    }

    private int group(int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3)) & 0xffff);
    }

    /** The canonical text of RFC 5952; a v4-mapped address ends in dotted decimal. */
    @Override
    public String toString() {
        Ipv4Address inner = unmapped();
        if (inner != null) {
            return "::ffff:" + inner;
        }
        int zeros = 1; // a single zero group is not shortened
        int from = -1;
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - start > zeros) {
                zeros = end - start;
                from = start;
            }
            start = Math.max(start, end - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int index = 0; index < 8; index++) {
            if (index == from) {
                text.append("::");
                index += zeros - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(index)));
        }
        return text.toString();
    }
}
