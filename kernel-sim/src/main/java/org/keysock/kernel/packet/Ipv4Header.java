package org.keysock.kernel.packet;

import static org.keysock.kernel.packet.NetworkOrder.put16;
import static org.keysock.kernel.packet.NetworkOrder.u16;
import static org.keysock.kernel.packet.NetworkOrder.u8;

/** An IPv4 header at some place of a byte array: RFC 791. */
public final class Ipv4Header {

    /** Bytes of a header without options. */
    public static final int LENGTH = 20;

    /** Where fields begin. */
    public static final int TOS = 1;

    public static final int TOTAL_LENGTH = 2;
    public static final int IDENTIFICATION = 4;
    public static final int FRAGMENT = 6;
    public static final int TTL = 8;
    public static final int PROTOCOL = 9;
    public static final int CHECKSUM = 10;
    public static final int SOURCE = 12;
    public static final int DESTINATION = 16;

    /** Bits of the word at {@link #FRAGMENT}. */
    public static final int DONT_FRAGMENT = 0x4000;

    public static final int MORE_FRAGMENTS = 0x2000;
    public static final int FRAGMENT_OFFSET = 0x1fff;

    private Ipv4Header() {}

    /** The version, of IPv6 headers too. */
    public static int version(byte[] bytes, int ip) {
        return u8(bytes, ip) >>> 4;
    }

    /** Bytes of the header with its options, as it says. */
    public static int length(byte[] bytes, int ip) {
        return (bytes[ip] & 15) * 4;
    }

    /** DSCP and ECN. */
    public static int tos(byte[] bytes, int ip) {
        return u8(bytes, ip + TOS);
    }

    /** Bytes of the packet, as the header says. */
    public static int totalLength(byte[] bytes, int ip) {
        return u16(bytes, ip + TOTAL_LENGTH);
    }

    /** Whether it is a fragment of a packet. */
    public static boolean fragment(byte[] bytes, int ip) {
        return (u16(bytes, ip + FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
    }

    /** Changes DSCP and ECN, and the checksum with them. */
    public static void tos(byte[] bytes, int ip, int tos) {
        int old = u16(bytes, ip);
        bytes[ip + TOS] = (byte) tos;
        int sum = InternetChecksum.changed(u16(bytes, ip + CHECKSUM), old, u16(bytes, ip));
        put16(bytes, ip + CHECKSUM, sum);
    }

    /** Computes the checksum anew. */
    public static void checksum(byte[] bytes, int ip) {
        put16(bytes, ip + CHECKSUM, 0);
        put16(bytes, ip + CHECKSUM, InternetChecksum.of(bytes, ip, length(bytes, ip)));
    }
}
