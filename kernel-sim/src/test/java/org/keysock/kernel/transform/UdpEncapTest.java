package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.packet.InternetChecksum;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.NetworkOrder;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/** ESP in UDP, in both forms, and what else comes to its port. */
final class UdpEncapTest {

    private static final Ipv4Address HERE = Ipv4Address.of(10, 0, 0, 1);
    private static final Ipv4Address THERE = Ipv4Address.of(10, 0, 0, 2);

    private final Transforms transforms = new Transforms(1);
    private final Packet packet = new Packet(2000);
    private final IpHeaders headers = new IpHeaders();

    private static SaContext esp(IpAddress source, IpAddress destination, int form, int mode) {
        VectorSa sa = new VectorSa();
        sa.source = source;
        sa.destination = destination;
        sa.mode = mode;
        sa.spi = 0x1234;
        sa.encapsulation = form;
        sa.sourcePort = 500;
        sa.destinationPort = 4501;
        return sa.context();
    }

    private byte[] load(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        IpHeaders.length(bytes, 0, bytes.length);
        packet.load(bytes, 0, bytes.length);
        return bytes;
    }

    private void udp(String data) {
        String plain = data.replace(" ", "");
        String length = String.format("%04x", 8 + plain.length() / 2);
        load("4500 0000 0001 0000 4011 0000 0a000001 0a000002 1194 1194" + length + "0000" + plain);
    }

    private UdpEncap.Content content(String data, int form) {
        udp(data);
        return transforms.udp().content(packet, form);
    }

    @Test
    void whatComesToThePort() {
        int form = SaDetails.IN_UDP;
        assertEquals(UdpEncap.Content.ESP, content("00001234 00000001", form));
        assertEquals(0x1234, transforms.udp().spi(packet, form));
        assertEquals(UdpEncap.Content.KEEP_ALIVE, content("ff", form));
        assertEquals(UdpEncap.Content.BROKEN, content("fe", form));
        assertEquals(UdpEncap.Content.BROKEN, content("", form));
        assertEquals(UdpEncap.Content.IKE, content("00000000 0102", form));
        assertEquals(UdpEncap.Content.BROKEN, content("00001234 000000", form));
        form = SaContext.NON_IKE;
        assertEquals(UdpEncap.Content.ESP, content("00".repeat(8) + "00001234 00000001", form));
        assertEquals(0x1234, transforms.udp().spi(packet, form));
        assertEquals(UdpEncap.Content.IKE, content("00001234 00000001", form));
        assertEquals(UdpEncap.Content.BROKEN, content("00".repeat(8) + "00001234", form));
        assertEquals(UdpEncap.Content.KEEP_ALIVE, content("ff", form));
    }

    @Test
    void udpLengths() {
        for (String length : new String[] {"0000", "0007", "000f", "0011", "ffff"}) {
            load(
                    "4500 0000 0001 0000 4011 0000 0a000001 0a000002 1194 1194"
                            + length
                            + "0000 00001234 00000001");
            assertEquals(
                    UdpEncap.Content.BROKEN, transforms.udp().content(packet, SaDetails.IN_UDP));
            SaContext sa = esp(HERE, THERE, SaDetails.IN_UDP, 1);
            assertEquals(Fate.UDP_LENGTH, transforms.udp().inbound(packet, sa));
        }
    }

    @Test
    void fates() {
        SaContext sa = esp(HERE, THERE, SaDetails.IN_UDP, 1);
        udp("ff");
        assertEquals(Fate.KEEP_ALIVE, transforms.udp().inbound(packet, sa));
        udp("00000000 0102");
        assertEquals(Fate.PASSED, transforms.udp().inbound(packet, sa));
        udp("00001234 00000001");
        NetworkOrder.put16(packet.bytes(), packet.start() + 26, 1);
        assertEquals(Fate.CHECKSUM, transforms.udp().inbound(packet, sa));
    }

    /** The form of the first drafts, with the marker that is not IKE. */
    @Test
    void nonIke() {
        byte[] plain =
                load("4500 0000 0001 0000 4011 0000 0a000001 0a000002 0001 0002 0009 0000 41");
        SaContext sa = esp(HERE, THERE, SaContext.NON_IKE, 1);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, sa));
        assertNull(headers.check(packet));
        byte[] bytes = packet.bytes();
        int udp = headers.upperAt();
        assertEquals(500, headers.sourcePort(bytes));
        assertEquals(4501, headers.destinationPort(bytes));
        assertEquals(packet.end() - udp, NetworkOrder.u16(bytes, udp + 4));
        assertEquals(0, NetworkOrder.u16(bytes, udp + 6));
        assertEquals(0, NetworkOrder.i64(bytes, udp + 8));
        assertEquals(0x1234, NetworkOrder.i32(bytes, udp + 16));
        assertEquals(Fate.DELIVERED, transforms.udp().inbound(packet, sa));
        assertEquals(Fate.DELIVERED, transforms.inbound(packet, sa));
        assertEquals(
                HexFormat.of().formatHex(plain), VectorSa.hex(bytes, packet.start(), packet.end()));
    }

    @Test
    void aChecksumOverIpv6() {
        load(
                "6000 0000 0000 1140"
                        + "00".repeat(15)
                        + "01"
                        + "00".repeat(15)
                        + "02"
                        + "0001 0002 0009 0000 41");
        SaContext sa = esp(new Ipv6Address(0, 1), new Ipv6Address(0, 2), SaDetails.IN_UDP, 2);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, sa));
        assertNull(headers.check(packet));
        int length = packet.end() - headers.upperAt();
        long sum = InternetChecksum.pseudoHeader(packet.bytes(), packet.start(), 17, length);
        sum = InternetChecksum.add(sum, packet.bytes(), headers.upperAt(), length);
        assertEquals(0, InternetChecksum.of(sum));
    }

    /** A NAT between has changed the source; the inner checksums are made to fit. */
    @Test
    void natInTransportMode() {
        String tcp = "0001 0002 00000001 00000001 50020000 0000 0000 414243";
        for (boolean stream : new boolean[] {true, false}) {
            String upper = stream ? tcp : "0001 0002 000b 0000 414243";
            String protocol = stream ? "06" : "11";
            load("4500 0000 0001 0000 40" + protocol + "0000 0a000001 0a000002" + upper);
            int length = packet.length() - 20;
            int at = packet.start() + 20 + (stream ? 16 : 6);
            int sum = checksum(stream ? 6 : 17, length);
            NetworkOrder.put16(packet.bytes(), at, sum);
            SaContext sa = esp(HERE, THERE, SaDetails.IN_UDP, 1);
            assertEquals(Fate.PROTECTED, transforms.outbound(packet, sa));
            byte[] bytes = packet.bytes();
            NetworkOrder.put32(bytes, packet.start() + Ipv4Header.SOURCE, 0xc0000201);
            Ipv4Header.checksum(bytes, packet.start());
            assertEquals(Fate.DELIVERED, transforms.udp().inbound(packet, sa));
            assertEquals(Fate.DELIVERED, transforms.inbound(packet, sa));
            assertNull(headers.check(packet));
            assertEquals(0, checksum(stream ? 6 : 17, length));
            byte[] ends = Arrays.copyOfRange(bytes, packet.start() + 12, packet.start() + 20);
            assertEquals("c00002010a000002", HexFormat.of().formatHex(ends));
        }
    }

    private int checksum(int protocol, int length) {
        byte[] bytes = packet.bytes();
        long sum = InternetChecksum.pseudoHeader(bytes, packet.start(), protocol, length);
        return InternetChecksum.of(InternetChecksum.add(sum, bytes, packet.start() + 20, length));
    }
}
