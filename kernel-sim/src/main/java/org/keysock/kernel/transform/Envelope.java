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
    private int nextAt;
    private int options;
    private int afterOptions;

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
        if (sa.mode == SaContext.Mode.BEET) {
            openBeet(packet);
            return Fate.PROTECTED;
        }
        payloadAt = headers.insertAt();
        nextAt = headers.insertNextAt() - packet.start();
        next = u8(packet.bytes(), headers.insertNextAt());
        headerLength = payloadAt - packet.start();
        return Fate.PROTECTED;
    }

    /** Extension headers are payload; options are, behind a header that tells of them. */
    private void openBeet(Packet packet) {
        int start = packet.start();
        headerLength = headers.six() ? Ipv6Header.LENGTH : Ipv4Header.LENGTH;
        nextAt = headers.six() ? Ipv6Header.NEXT_HEADER : Ipv4Header.PROTOCOL;
        next = u8(packet.bytes(), start + nextAt);
        payloadAt = start + headerLength;
        options = headers.six() ? 0 : headers.upperAt() - payloadAt;
        if (options > 0) {
            payloadAt -= BeetHeader.length(options);
            afterOptions = next;
            next = IpProtocol.BEET;
        }
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
            bytes[start + nextAt] = (byte) protocol;
            if (sa.mode == SaContext.Mode.BEET) {
                if (options > 0) {
                    bytes[start] = 0x45;
                    BeetHeader.write(bytes, payloadAt, options, afterOptions);
                }
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
        if (sa.mode == SaContext.Mode.BEET) {
            return bareBeet(packet, sa, from, to, inside);
        }
        byte[] bytes = packet.bytes();
        int length = headers.upperAt() - packet.start();
        int start = from - length;
        System.arraycopy(bytes, packet.start(), bytes, start, length);
        bytes[start + headers.upperNextAt() - packet.start()] = (byte) inside;
        IpHeaders.length(bytes, start, to - start);
        packet.bounds(start, to);
        return Fate.DELIVERED;
    }

    private Fate bareBeet(Packet packet, SaContext sa, int from, int to, int inside) {
        byte[] bytes = packet.bytes();
        IpAddress source = sa.innerSource;
        IpAddress destination = sa.innerDestination;
        IpAddress end = sa.sa.destination();
        int length = headers.upperAt() - packet.start();
        if (source == null
                || destination == null
                || !source.sameFamily(end)
                || !destination.sameFamily(end)
                || headers.six() != sa.six
                || length != Tunnel.headerLength(sa)) {
            return Fate.MODE;
        }
        int payload = from;
        int upper = inside;
        int optionBytes = 0;
        if (inside == IpProtocol.BEET && !sa.six) {
            optionBytes = BeetHeader.options(bytes, from, to);
            if (optionBytes < 0) {
                return Fate.INNER_PACKET;
            }
            payload += BeetHeader.length(optionBytes);
            upper = u8(bytes, from);
        }
        int start = payload - length;
        System.arraycopy(bytes, packet.start(), bytes, start, length);
        bytes[start + headers.upperNextAt() - packet.start()] = (byte) upper;
        if (!sa.six) {
            bytes[start] = (byte) (0x45 + optionBytes / 4);
        }
        addresses(
                bytes,
                start,
                SaContext.high(source),
                SaContext.low(source),
                SaContext.high(destination),
                SaContext.low(destination));
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
