package org.keysock.kernel.transform;

import org.keysock.kernel.packet.PacketFlaw;

/**
 * What became of a packet. Everything behind {@link #KEEP_ALIVE} is a reason for which packets are
 * dropped; {@code pfkey ctl stats} counts by {@link #text}.
 */
public enum Fate {
    /** It goes on as it came: no policy wants IPsec for it, or it is not IPsec. */
    PASSED("passed"),
    /** It leaves, protected. */
    PROTECTED("protected"),
    /** It arrived; all protection was right and is taken off. */
    DELIVERED("delivered"),
    /** It waits for an SA that key managers were asked for. */
    HELD("held"),
    /** It kept a NAT's mapping alive, which was all it was for: RFC 3948 section 4. */
    KEEP_ALIVE("keep-alive"),

    /** It ends before its headers do. */
    TRUNCATED("truncated"),
    /** It is longer than what can be worked on, or would be once protected. */
    OVERSIZED("oversized"),
    /** It is neither IPv4 nor IPv6. */
    VERSION("ip-version"),
    /** An IPv4 header length below 20 bytes or beyond the packet. */
    HEADER_LENGTH("ip-header-length"),
    /** A length in the IP header that is not that of the packet. */
    TOTAL_LENGTH("ip-total-length"),
    /** The checksum of an IPv4 header is wrong. */
    CHECKSUM("ip-checksum"),
    /** IPv4 options that run out of the header. */
    OPTIONS("ip-options"),
    /** IPv6 extension headers that run out of the packet, or too many of them. */
    EXTENSION_HEADERS("ipv6-extension-headers"),
    /** A fragment where a whole packet is needed: RFC 4303 sections 3.3.4 and 3.4.1. */
    FRAGMENT("fragment"),
    /** A UDP length that is not that of the packet. */
    UDP_LENGTH("udp-length"),

    /** A policy drops it. */
    POLICY_DISCARD("policy-discard"),
    /** An eroute rejects it; nobody is told by ICMP. */
    POLICY_REJECT("policy-reject"),
    /** An SA that its policy requires is not there. */
    NO_SA("no-sa"),
    /** No SA has its SPI. */
    UNKNOWN_SPI("unknown-spi"),
    /** The SA is not one for packets now: larval, or dead. */
    SA_STATE("sa-state"),
    /** The SA has reached a hard limit. */
    SA_EXPIRED("sa-expired"),
    /** The core has no implementation of what the SA asks for. */
    ALGORITHM("algorithm"),
    /** It came in UDP and the SA has no encapsulation, or the other way round. */
    ENCAPSULATION("encapsulation-mismatch"),
    /** A tunnel's SA with a packet in transport mode, and such. */
    MODE("mode-mismatch"),
    /** Inbound policy wants other protection than what was taken off. */
    POLICY_MISMATCH("policy-mismatch"),

    /** 2^32 packets are sent, or 2^64: RFC 4303 section 3.3.3. */
    SEQUENCE_OVERFLOW("sequence-overflow"),
    /** It has been received before, or is too old to tell: RFC 4303 section 3.4.3. */
    REPLAYED("replayed"),
    /** The header of AH, ESP or IPCOMP is cut. */
    PROTOCOL_HEADER("protocol-header"),
    /** AH's length is not that of the SA's integrity check value. */
    AH_LENGTH("ah-length"),
    /** The integrity check value is wrong. */
    AUTHENTICATION("authentication"),
    /** It is too short for ESP's parts, or its ciphertext is not whole blocks. */
    BLOCK_SIZE("block-size"),
    /** More padding than payload, or nothing but padding. */
    PADDING("padding"),
    /** Next header 59, a packet that hides the flow of others: RFC 4303 section 2.6. */
    DUMMY("dummy"),
    /** IPCOMP's payload is not a deflate stream. */
    DECOMPRESSION("decompression"),
    /** IPCOMP's payload grows beyond a packet. */
    DECOMPRESSION_BOMB("decompression-bomb"),
    /** A tunnel's payload is not the packet that its next header or its lengths say. */
    INNER_PACKET("inner-packet"),
    /** Congestion was met by a packet that cannot carry the mark: RFC 6040 section 4.2. */
    CONGESTION("congestion");

    private final String text;

    Fate(String text) {
        this.text = text;
    }

    /** Its name for people and programs; never changes. */
    public String text() {
        return text;
    }

    /** Whether the packet is gone for a reason that counts as a drop. */
    public boolean dropped() {
        return ordinal() > KEEP_ALIVE.ordinal();
    }

    /** The same reason, found by looking at IP headers. */
    static Fate of(PacketFlaw flaw) {
        return switch (flaw) {
            case TRUNCATED -> TRUNCATED;
            case VERSION -> VERSION;
            case HEADER_LENGTH -> HEADER_LENGTH;
            case TOTAL_LENGTH -> TOTAL_LENGTH;
            case CHECKSUM -> CHECKSUM;
            case EXTENSION_HEADERS -> EXTENSION_HEADERS;
        };
    }
}
