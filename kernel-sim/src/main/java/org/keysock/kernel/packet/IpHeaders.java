package org.keysock.kernel.packet;

import static org.keysock.kernel.packet.NetworkOrder.put16;
import static org.keysock.kernel.packet.NetworkOrder.u16;
import static org.keysock.kernel.packet.NetworkOrder.u8;

import org.jspecify.annotations.Nullable;

/**
 * Where the parts of one IP packet lie, of either version, with its options or extension headers.
 * Used again for packet after packet; what it says is about the packet that was read last, as long
 * as nobody moves it.
 */
public final class IpHeaders {

    /** Extension headers of one packet that are looked at. */
    private static final int MOST_EXTENSIONS = 16;

    private boolean six;
    private boolean fragment;
    private boolean laterFragment;
    private int start;
    private int end;
    private int insertAt;
    private int insertNextAt;
    private int upperAt;
    private int upperNextAt;
    private int protocol;

    /**
     * Finds the headers of a packet and cuts off what a link layer has put behind it.
     *
     * @return what is wrong with it, null for nothing
     */
    public @Nullable PacketFlaw read(Packet packet) {
        byte[] bytes = packet.bytes();
        start = packet.start();
        if (packet.length() < Ipv4Header.LENGTH) {
            return PacketFlaw.TRUNCATED;
        }
        int version = Ipv4Header.version(bytes, start);
        PacketFlaw flaw =
                version == 4
                        ? readFour(bytes, packet.end())
                        : version == 6 ? readSix(bytes, packet.end()) : PacketFlaw.VERSION;
        if (flaw == null) {
            packet.bounds(start, end);
        }
        return flaw;
    }

    /** The same for a packet that comes from outside: the checksum of an IPv4 header, too. */
    public @Nullable PacketFlaw check(Packet packet) {
        PacketFlaw flaw = read(packet);
        byte[] bytes = packet.bytes();
        if (flaw == null
                && !six
                && InternetChecksum.of(bytes, start, Ipv4Header.length(bytes, start)) != 0) {
            return PacketFlaw.CHECKSUM;
        }
        return flaw;
    }

    private @Nullable PacketFlaw readFour(byte[] bytes, int bytesEnd) {
        int length = Ipv4Header.length(bytes, start);
        if (length < Ipv4Header.LENGTH || start + length > bytesEnd) {
            return PacketFlaw.HEADER_LENGTH;
        }
        end = start + Ipv4Header.totalLength(bytes, start);
        if (end < start + length || end > bytesEnd) {
            return PacketFlaw.TOTAL_LENGTH;
        }
        six = false;
        fragment = Ipv4Header.fragment(bytes, start);
        laterFragment = (u16(bytes, start + Ipv4Header.FRAGMENT) & Ipv4Header.FRAGMENT_OFFSET) != 0;
        insertAt = start + length;
        upperAt = insertAt;
        insertNextAt = start + Ipv4Header.PROTOCOL;
        upperNextAt = insertNextAt;
        protocol = u8(bytes, upperNextAt);
        return null;
    }

    private @Nullable PacketFlaw readSix(byte[] bytes, int bytesEnd) {
        if (start + Ipv6Header.LENGTH > bytesEnd) {
            return PacketFlaw.TRUNCATED;
        }
        end = start + Ipv6Header.LENGTH + Ipv6Header.payloadLength(bytes, start);
        if (end > bytesEnd) {
            return PacketFlaw.TOTAL_LENGTH;
        }
        six = true;
        fragment = false;
        laterFragment = false;
        upperAt = start + Ipv6Header.LENGTH;
        upperNextAt = start + Ipv6Header.NEXT_HEADER;
        return walk(bytes) ? null : PacketFlaw.EXTENSION_HEADERS;
    }

    /**
     * Goes from extension header to extension header. What an end-to-end transform inserts stands
     * behind those that routers look at, and before destination options that follow a routing
     * header: RFC 4303 section 3.1.1.
     */
    private boolean walk(byte[] bytes) {
        insertAt = 0;
        boolean routed = false;
        for (int count = 0; ; count++) {
            protocol = u8(bytes, upperNextAt);
            boolean extension = extension(protocol);
            if (insertAt == 0
                    && (!extension
                            || protocol == IpProtocol.FRAGMENT
                            || (protocol == IpProtocol.DESTINATION_OPTIONS && routed))) {
                insertAt = upperAt;
                insertNextAt = upperNextAt;
            }
            if (!extension || laterFragment) {
                return true;
            }
            boolean misplaced = protocol == IpProtocol.HOP_BY_HOP && count > 0;
            if (misplaced || count == MOST_EXTENSIONS || upperAt + 8 > end) {
                return false;
            }
            routed |= protocol == IpProtocol.ROUTING;
            int length = 8;
            if (protocol == IpProtocol.FRAGMENT) {
                int word = u16(bytes, upperAt + 2);
                laterFragment |= (word & 0xfff8) != 0;
                fragment |= (word & 0xfff9) != 0;
            } else {
                length = Ipv6Header.extensionLength(bytes, upperAt);
            }
            if (upperAt + length > end) {
                return false;
            }
            upperNextAt = upperAt;
            upperAt += length;
        }
    }

    private static boolean extension(int protocol) {
        return protocol == IpProtocol.HOP_BY_HOP
                || protocol == IpProtocol.ROUTING
                || protocol == IpProtocol.FRAGMENT
                || protocol == IpProtocol.DESTINATION_OPTIONS;
    }

    /** Whether it is IPv6. */
    public boolean six() {
        return six;
    }

    /** Whether it is a fragment of a packet. */
    public boolean fragment() {
        return fragment;
    }

    /** Where the packet begins. */
    public int start() {
        return start;
    }

    /** Where it ends. */
    public int end() {
        return end;
    }

    /** Where a header of ESP, AH or IPCOMP is put in transport mode. */
    public int insertAt() {
        return insertAt;
    }

    /** Where the number stands of what is at {@link #insertAt}. */
    public int insertNextAt() {
        return insertNextAt;
    }

    /** Where the upper layer begins, or ESP, AH or IPCOMP. */
    public int upperAt() {
        return upperAt;
    }

    /** Where the number stands of what is at {@link #upperAt}. */
    public int upperNextAt() {
        return upperNextAt;
    }

    /** The number of what is at {@link #upperAt}. */
    public int protocol() {
        return protocol;
    }

    /** The source port, or the type of ICMP; 0 when there is none in this packet. */
    public int sourcePort(byte[] bytes) {
        if (laterFragment || upperAt + 4 > end) {
            return 0;
        }
        return ported() ? u16(bytes, upperAt) : icmp() ? u8(bytes, upperAt) : 0;
    }

    /** The destination port, or the code of ICMP; 0 when there is none in this packet. */
    public int destinationPort(byte[] bytes) {
        if (laterFragment || upperAt + 4 > end) {
            return 0;
        }
        return ported() ? u16(bytes, upperAt + 2) : icmp() ? u8(bytes, upperAt + 1) : 0;
    }

    private boolean ported() {
        return protocol == IpProtocol.TCP
                || protocol == IpProtocol.UDP
                || protocol == IpProtocol.SCTP
                || protocol == IpProtocol.DCCP
                || protocol == IpProtocol.UDP_LITE;
    }

    private boolean icmp() {
        return protocol == (six ? IpProtocol.ICMPV6 : IpProtocol.ICMP);
    }

    /**
     * Writes the length of a packet into its header, and for IPv4 the checksum.
     *
     * @param ip where the header begins
     * @param length of the whole packet
     */
    public static void length(byte[] bytes, int ip, int length) {
        if (Ipv4Header.version(bytes, ip) == 4) {
            put16(bytes, ip + Ipv4Header.TOTAL_LENGTH, length);
            Ipv4Header.checksum(bytes, ip);
        } else {
            put16(bytes, ip + Ipv6Header.PAYLOAD_LENGTH, length - Ipv6Header.LENGTH);
        }
    }
}
