package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.i32;
import static org.keysock.kernel.packet.NetworkOrder.i64;
import static org.keysock.kernel.packet.NetworkOrder.put16;
import static org.keysock.kernel.packet.NetworkOrder.put64;
import static org.keysock.kernel.packet.NetworkOrder.u16;
import static org.keysock.kernel.packet.NetworkOrder.u8;

import org.keysock.kernel.packet.EspHeader;
import org.keysock.kernel.packet.InternetChecksum;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.packet.UdpHeader;

/**
 * UDP around ESP, so that it passes NATs: RFC 3948, and the form of its first drafts, in which
 * eight zero bytes tell ESP from IKE.
 */
final class UdpEncap implements Transform {

    /** What a UDP packet on a port of encapsulated ESP holds. */
    enum Content {
        ESP,
        /** Behind the non-ESP marker, or without the non-IKE marker: not ours. */
        IKE,
        KEEP_ALIVE,
        /** Nothing of these. */
        BROKEN
    }

    private static final int NON_IKE_MARKER = 8;
    private static final int NON_ESP_MARKER = 4;
    private static final int KEEP_ALIVE = 0xff;
    private static final int TCP_CHECKSUM = 16;
    private static final int TCP_HEADER = 20;
    private static final int LONGEST = 0xffff;

    private final IpHeaders headers = new IpHeaders();

    /** Puts UDP around a finished ESP packet. */
    @Override
    public Fate outbound(Packet packet, SaContext sa) {
        if (headers.read(packet) != null || headers.protocol() != IpProtocol.ESP) {
            return Fate.MODE;
        }
        int more = headerLength(sa.encapsulation);
        int start = packet.start() - more;
        int udp = headers.upperAt() - more;
        if (start < 0 || packet.end() - start > LONGEST) {
            return Fate.OVERSIZED;
        }
        byte[] bytes = packet.bytes();
        move(packet, start, IpProtocol.UDP);
        int length = packet.end() - udp;
        put16(bytes, udp + UdpHeader.SOURCE_PORT, sa.sourcePort);
        put16(bytes, udp + UdpHeader.DESTINATION_PORT, sa.destinationPort);
        put16(bytes, udp + UdpHeader.UDP_LENGTH, length);
        put16(bytes, udp + UdpHeader.CHECKSUM, 0);
        if (sa.encapsulation == SaContext.NON_IKE) {
            put64(bytes, udp + UdpHeader.LENGTH, 0);
        }
        if (headers.six()) {
            put16(bytes, udp + UdpHeader.CHECKSUM, udpChecksum(bytes, start, udp, length));
        }
        return Fate.PROTECTED;
    }

    /**
     * Tells what a UDP packet holds.
     *
     * @param encapsulation the form that its port is for
     */
    Content content(Packet packet, int encapsulation) {
        if (headers.read(packet) != null
                || headers.fragment()
                || headers.protocol() != IpProtocol.UDP
                || packet.end() - headers.upperAt() < UdpHeader.LENGTH) {
            return Content.BROKEN;
        }
        byte[] bytes = packet.bytes();
        int udp = headers.upperAt();
        int data = udp + UdpHeader.LENGTH;
        int length = u16(bytes, udp + UdpHeader.UDP_LENGTH) - UdpHeader.LENGTH;
        if (data + length != packet.end() || length == 0) {
            return Content.BROKEN;
        }
        if (length == 1) {
            return u8(bytes, data) == KEEP_ALIVE ? Content.KEEP_ALIVE : Content.BROKEN;
        }
        if (encapsulation == SaContext.NON_IKE) {
            boolean marked = length >= NON_IKE_MARKER && i64(bytes, data) == 0;
            return marked ? esp(length - NON_IKE_MARKER) : Content.IKE;
        }
        boolean marked = length >= NON_ESP_MARKER && i32(bytes, data) == 0;
        return marked ? Content.IKE : esp(length);
    }

    private static Content esp(int length) {
        return length < EspHeader.LENGTH ? Content.BROKEN : Content.ESP;
    }

    /** The SPI of a packet whose {@link #content} was ESP just now. */
    int spi(Packet packet, int encapsulation) {
        return i32(packet.bytes(), headers.upperAt() + headerLength(encapsulation));
    }

    /** Takes UDP off; what remains is an ESP packet. */
    @Override
    public Fate inbound(Packet packet, SaContext sa) {
        Content content = content(packet, sa.encapsulation);
        if (content != Content.ESP) {
            return switch (content) {
                case KEEP_ALIVE -> Fate.KEEP_ALIVE;
                case IKE -> Fate.PASSED;
                default -> Fate.UDP_LENGTH;
            };
        }
        byte[] bytes = packet.bytes();
        int udp = headers.upperAt();
        if (u16(bytes, udp + UdpHeader.CHECKSUM) != 0
                && checksum(bytes, packet.start(), udp, packet.end() - udp, IpProtocol.UDP) != 0) {
            return Fate.CHECKSUM;
        }
        move(packet, packet.start() + headerLength(sa.encapsulation), IpProtocol.ESP);
        return Fate.DELIVERED;
    }

    /**
     * Makes checksums of TCP and UDP fit the addresses that a NAT has changed: RFC 3948 section
     * 3.1.2. ESP has vouched for the data.
     */
    void mend(Packet packet) {
        if (headers.read(packet) != null || headers.fragment()) {
            return;
        }
        byte[] bytes = packet.bytes();
        int upper = headers.upperAt();
        int length = packet.end() - upper;
        if (headers.protocol() == IpProtocol.TCP && length >= TCP_HEADER) {
            put16(bytes, upper + TCP_CHECKSUM, 0);
            int sum = checksum(bytes, packet.start(), upper, length, IpProtocol.TCP);
            put16(bytes, upper + TCP_CHECKSUM, sum);
        } else if (headers.protocol() == IpProtocol.UDP
                && length >= UdpHeader.LENGTH
                && u16(bytes, upper + UdpHeader.UDP_LENGTH) == length
                && u16(bytes, upper + UdpHeader.CHECKSUM) != 0) {
            put16(bytes, upper + UdpHeader.CHECKSUM, 0);
            int sum = udpChecksum(bytes, packet.start(), upper, length);
            put16(bytes, upper + UdpHeader.CHECKSUM, sum);
        }
    }

    /** Moves the IP header so that the packet begins elsewhere, and names another protocol. */
    private void move(Packet packet, int start, int protocol) {
        byte[] bytes = packet.bytes();
        int from = packet.start();
        System.arraycopy(bytes, from, bytes, start, headers.upperAt() - from);
        bytes[start + headers.upperNextAt() - from] = (byte) protocol;
        IpHeaders.length(bytes, start, packet.end() - start);
        packet.bounds(start, packet.end());
    }

    private static int udpChecksum(byte[] bytes, int ip, int udp, int length) {
        int checksum = checksum(bytes, ip, udp, length, IpProtocol.UDP);
        return checksum == 0 ? 0xffff : checksum;
    }

    private static int checksum(byte[] bytes, int ip, int upper, int length, int protocol) {
        long pseudo = InternetChecksum.pseudoHeader(bytes, ip, protocol, length);
        return InternetChecksum.of(InternetChecksum.add(pseudo, bytes, upper, length));
    }

    private static int headerLength(int encapsulation) {
        return UdpHeader.LENGTH + (encapsulation == SaContext.NON_IKE ? NON_IKE_MARKER : 0);
    }
}
