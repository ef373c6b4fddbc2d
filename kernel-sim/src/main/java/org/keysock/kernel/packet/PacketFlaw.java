package org.keysock.kernel.packet;

/** Why bytes are not an IP packet. */
public enum PacketFlaw {
    /** There are fewer bytes than an IP header has. */
    TRUNCATED,
    /** The version is neither 4 nor 6. */
    VERSION,
    /** An IPv4 header length below 20 bytes or beyond the packet. */
    HEADER_LENGTH,
    /** The length in the header is shorter than the header or not that of the packet. */
    TOTAL_LENGTH,
    /** The checksum of an IPv4 header is wrong. */
    CHECKSUM,
    /** IPv6 extension headers that run out of the packet, or too many of them. */
    EXTENSION_HEADERS
}
