package org.keysock.kernel.packet;

import static org.keysock.kernel.packet.NetworkOrder.i32;
import static org.keysock.kernel.packet.NetworkOrder.put32;
import static org.keysock.kernel.packet.NetworkOrder.u16;
import static org.keysock.kernel.packet.NetworkOrder.u8;

/** An IPv6 header, or an extension header, at some place of a byte array: RFC 8200. */
public final class Ipv6Header {

    /** Bytes of a header without extension headers. */
    public static final int LENGTH = 40;

    /** Where fields begin. */
    public static final int PAYLOAD_LENGTH = 4;

    public static final int NEXT_HEADER = 6;
    public static final int HOP_LIMIT = 7;
    public static final int SOURCE = 8;
    public static final int DESTINATION = 24;

    private Ipv6Header() {}

    /** DSCP and ECN. */
    public static int trafficClass(byte[] bytes, int ip) {
        return i32(bytes, ip) >>> 20 & 0xff;
    }

    /** The flow label. */
    public static int flowLabel(byte[] bytes, int ip) {
        return i32(bytes, ip) & 0xfffff;
    }

    /** Bytes behind the header, as it says. */
    public static int payloadLength(byte[] bytes, int ip) {
        return u16(bytes, ip + PAYLOAD_LENGTH);
    }

    /** Writes version, DSCP and ECN, and flow label. */
    public static void firstWord(byte[] bytes, int ip, int trafficClass, int flowLabel) {
        put32(bytes, ip, 6 << 28 | trafficClass << 20 | flowLabel);
    }

    /** Bytes of a hop-by-hop, routing or destination options header, as it says. */
    public static int extensionLength(byte[] bytes, int at) {
        return (u8(bytes, at + 1) + 1) * 8;
    }
}
