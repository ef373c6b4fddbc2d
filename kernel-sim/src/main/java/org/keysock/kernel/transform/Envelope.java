package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.put32;
import static org.keysock.kernel.packet.NetworkOrder.put64;
import static org.keysock.kernel.packet.NetworkOrder.u8;

import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.Ipv6Header;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.packet.PacketFlaw;
import org.keysock.pfkey.model.IpAddress;

/**
 * The IP headers around a transform, by the SA's mode: RFC 4301 section 4.1, and for BEET
 * draft-nikander-esp-beet-mode. The payload stays where it is; what is before it moves.
 */
final class Envelope {

    private static final int LONGEST_FOUR = 0xffff;

    private final Tunnel tunnel;
    private final IpHeaders headers = new IpHeaders();
    private final IpHeaders inner = new IpHeaders();
    private int payloadAt;
    private int next;
    private int headerLength;

    Envelope(Tunnel tunnel) {
        this.tunnel = tunnel;
    }

    /** Where what is to be protected begins. */
    int payloadAt() {
        return payloadAt;
    }

    /** The number of what is to be protected. */
    int next() {
        return next;
    }

    /** The headers of the packet that was opened or found last. */
    IpHeaders headers() {
        return headers;
    }

    /**
     * Finds what of a packet is to be protected.
     *
     * @return PROTECTED to go on, or why not
     */
    Fate open(Packet packet, SaContext sa) {
        PacketFlaw flaw = headers.read(packet);
        if (flaw != null) {
            return Fate.of(flaw);
        }
        if (sa.mode == SaContext.Mode.TUNNEL) {
            payloadAt = packet.start();
            next = headers.six() ? IpProtocol.IPV6 : IpProtocol.IPV4;
            headerLength = Tunnel.headerLength(sa);
            return Fate.PROTECTED;
        }
        if (headers.fragment()) {
            return Fate.FRAGMENT;
        }
        if (headers.six() != sa.six) {
            return Fate.MODE;
        }
        payloadAt = headers.insertAt();
        next = u8(packet.bytes(), headers.insertNextAt());
        headerLength = payloadAt - packet.start();
        // BEET would have to carry options inside: its pseudo header is not spoken here
        boolean bare = headerLength == Tunnel.headerLength(sa);
        return sa.mode == SaContext.Mode.BEET && !bare ? Fate.MODE : Fate.PROTECTED;
    }

    /** Whether there is room, in the packet and in what IP can say, for so many bytes more. */
    boolean fits(Packet packet, SaContext sa, int before, int behind) {
        int length = headerLength + before + packet.end() - payloadAt + behind;
        return headerLength + before <= payloadAt
                && packet.end() + behind <= packet.bytes().length
                && length <= (sa.six ? LONGEST_FOUR + Ipv6Header.LENGTH : LONGEST_FOUR);
    }

    /**
     * Puts the IP header in front of a protocol.
     *
     * @param at where the protocol's header begins
     * @param end of the packet
     */
    void close(Packet packet, SaContext sa, int at, int end, int protocol) {
        byte[] bytes = packet.bytes();
        int start = at - headerLength;
        if (sa.mode == SaContext.Mode.TUNNEL) {
            tunnel.write(bytes, start, payloadAt, end - start, protocol, sa);
        } else {
            int from = packet.start();
            System.arraycopy(bytes, from, bytes, start, headerLength);
            bytes[start + headers.insertNextAt() - from] = (byte) protocol;
            if (sa.mode == SaContext.Mode.BEET) {
                addresses(
                        bytes,
                        start,
                        sa.sourceHigh,
                        sa.sourceLow,
                        sa.destinationHigh,
                        sa.destinationLow);
            }
            IpHeaders.length(bytes, start, end - start);
        }
        packet.bounds(start, end);
    }

    /**
     * Finds a protocol's header in a packet that arrived.
     *
     * @param shortest bytes that there must be of it
     * @return DELIVERED to go on, or why not
     */
    Fate find(Packet packet, int protocol, int shortest) {
        PacketFlaw flaw = headers.read(packet);
        if (flaw != null) {
            return Fate.of(flaw);
        }
        if (headers.fragment()) {
            return Fate.FRAGMENT;
        }
        if (headers.protocol() != protocol) {
            return Fate.MODE;
        }
        return packet.end() - headers.upperAt() < shortest ? Fate.PROTOCOL_HEADER : Fate.DELIVERED;
    }

    /**
     * Takes a protocol away from around what it protected.
     *
     * @param from where that begins
     * @param to where it ends
     * @param inside its number
     */
    Fate strip(Packet packet, SaContext sa, int from, int to, int inside) {
        return sa.mode == SaContext.Mode.TUNNEL
                ? leave(packet, sa, from, to, inside)
                : bare(packet, sa, from, to, inside);
    }

    private Fate leave(Packet packet, SaContext sa, int from, int to, int inside) {
        if (inside != IpProtocol.IPV4 && inside != IpProtocol.IPV6) {
            return Fate.MODE;
        }
        int outerTos = Tunnel.tos(packet.bytes(), packet.start());
        packet.bounds(from, to);
        PacketFlaw flaw = inner.check(packet);
        if (flaw != null || inner.six() != (inside == IpProtocol.IPV6)) {
            return Fate.INNER_PACKET;
        }
        return Tunnel.leave(packet.bytes(), outerTos, from, sa);
    }

    private Fate bare(Packet packet, SaContext sa, int from, int to, int inside) {
        byte[] bytes = packet.bytes();
        int length = headers.upperAt() - packet.start();
        int start = from - length;
        int nextAt = headers.upperNextAt() - packet.start();
        System.arraycopy(bytes, packet.start(), bytes, start, length);
        bytes[start + nextAt] = (byte) inside;
        if (sa.mode == SaContext.Mode.BEET) {
            IpAddress source = sa.innerSource;
            IpAddress destination = sa.innerDestination;
            IpAddress end = sa.sa.destination();
            if (source == null
                    || destination == null
                    || !source.sameFamily(end)
                    || !destination.sameFamily(end)) {
                return Fate.MODE;
            }
            addresses(
                    bytes,
                    start,
                    SaContext.high(source),
                    SaContext.low(source),
                    SaContext.high(destination),
                    SaContext.low(destination));
        }
        IpHeaders.length(bytes, start, to - start);
        packet.bounds(start, to);
        return Fate.DELIVERED;
    }

    private static void addresses(
            byte[] bytes, int ip, long sourceHigh, long sourceLow, long high, long low) {
        if (Ipv4Header.version(bytes, ip) == 4) {
            put32(bytes, ip + Ipv4Header.SOURCE, (int) sourceLow);
            put32(bytes, ip + Ipv4Header.DESTINATION, (int) low);
        } else {
            put64(bytes, ip + Ipv6Header.SOURCE, sourceHigh);
            put64(bytes, ip + Ipv6Header.SOURCE + 8, sourceLow);
            put64(bytes, ip + Ipv6Header.DESTINATION, high);
            put64(bytes, ip + Ipv6Header.DESTINATION + 8, low);
        }
    }
}
