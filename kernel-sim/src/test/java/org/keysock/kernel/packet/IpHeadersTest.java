package org.keysock.kernel.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where the parts of packets lie, and what is not a packet. */
final class IpHeadersTest {

    private static final String UDP = "1388 0035 0009 0000 41";

    private final IpHeaders headers = new IpHeaders();
    private final Packet packet = new Packet(2000);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** An IPv4 packet of that header length with its length and checksum right. */
    private static byte[] four(String firstByte, String options, int protocol, String payload) {
        String header =
                firstByte
                        + "00 0000 0001 0000 40"
                        + String.format("%02x", protocol)
                        + "0000 0a000001 0a000002"
                        + options;
        byte[] whole = bytes(header + payload);
        IpHeaders.length(whole, 0, whole.length);
        return whole;
    }

    private static byte[] six(int next, String rest) {
        String ends = "20010db8 00000000 00000000 00000001 20010db8 00000000 00000000 00000002";
        byte[] whole = bytes("60000000 0000" + String.format("%02x", next) + "40" + ends + rest);
        IpHeaders.length(whole, 0, whole.length);
        return whole;
    }

    private @Nullable PacketFlaw check(byte[] bytes) {
        packet.load(bytes, 0, bytes.length);
        return headers.check(packet);
    }

    private int at(int place) {
        return place - packet.start();
    }

    @Test
    void ipv4() {
        assertNull(check(four("45", "", 17, UDP)));
        assertFalse(headers.six());
        assertFalse(headers.fragment());
        assertEquals(20, at(headers.upperAt()));
        assertEquals(20, at(headers.insertAt()));
        assertEquals(9, at(headers.upperNextAt()));
        assertEquals(17, headers.protocol());
        assertEquals(5000, headers.sourcePort(packet.bytes()));
        assertEquals(53, headers.destinationPort(packet.bytes()));
    }

    @Test
    void options() {
        assertNull(check(four("47", "94040000 01010101", 17, UDP)));
        assertEquals(28, at(headers.upperAt()));
        assertEquals(5000, headers.sourcePort(packet.bytes()));
    }

    @Test
    void whatALinkLayerAppendsIsCutOff() {
        byte[] whole = four("45", "", 17, UDP);
        assertNull(check(Arrays.copyOf(whole, 46)));
        assertEquals(29, packet.length());
    }

    @Test
    void icmp() {
        assertNull(check(four("45", "", 1, "0304 0000 00000000")));
        assertEquals(3, headers.sourcePort(packet.bytes()));
        assertEquals(4, headers.destinationPort(packet.bytes()));
        assertNull(check(six(58, "8001 0000")));
        assertEquals(128, headers.sourcePort(packet.bytes()));
        assertEquals(1, headers.destinationPort(packet.bytes()));
        assertNull(check(four("45", "", 58, "0304 0000")));
        assertEquals(0, headers.sourcePort(packet.bytes()));
    }

    @Test
    void portsThatAreNotThere() {
        assertNull(check(four("45", "", 17, "138800")));
        assertEquals(0, headers.sourcePort(packet.bytes()));
        byte[] later = four("45", "", 17, UDP);
        later[7] = 5;
        Ipv4Header.checksum(later, 0);
        assertNull(check(later));
        assertTrue(headers.fragment());
        assertEquals(0, headers.destinationPort(packet.bytes()));
    }

    @Test
    void badIpv4() {
        byte[] whole = four("45", "", 17, UDP);
        for (int length = 0; length < 20; length++) {
            assertEquals(PacketFlaw.TRUNCATED, check(Arrays.copyOf(whole, length)));
        }
        for (int length = 20; length < whole.length; length++) {
            assertEquals(PacketFlaw.TOTAL_LENGTH, check(Arrays.copyOf(whole, length)));
        }
        byte[] bad = whole.clone();
        bad[8]++;
        assertEquals(PacketFlaw.CHECKSUM, check(bad));
        for (int first : new int[] {0x40, 0x44, 0x48}) {
            bad = whole.clone();
            bad[0] = (byte) first;
            assertEquals(PacketFlaw.HEADER_LENGTH, check(bad));
        }
        bad = four("47", "00000000 00000000", 17, "");
        bad[3] = 24;
        assertEquals(PacketFlaw.TOTAL_LENGTH, check(bad));
        bad = whole.clone();
        bad[0] = 0x55;
        assertEquals(PacketFlaw.VERSION, check(bad));
    }

    @Test
    void ipv6() {
        assertNull(check(six(17, UDP)));
        assertTrue(headers.six());
        assertEquals(40, at(headers.upperAt()));
        assertEquals(6, at(headers.upperNextAt()));
        assertEquals(53, headers.destinationPort(packet.bytes()));
        byte[] whole = six(17, UDP);
        for (int length = 0; length < whole.length; length++) {
            assertEquals(
                    length < 40 ? PacketFlaw.TRUNCATED : PacketFlaw.TOTAL_LENGTH,
                    check(Arrays.copyOf(whole, length)));
        }
    }

    private static String extension(int next, int units) {
        return String.format("%02x%02x", next, units - 1)
                + "0104 00000000"
                + "01060000 00000000".repeat(units - 1);
    }

    /** ESP goes behind what routers look at, and before options of the last destination. */
    @Test
    void whereTransformsStand() {
        assertNull(check(six(0, extension(43, 1) + extension(60, 2) + extension(17, 1) + UDP)));
        assertEquals(40 + 32, at(headers.upperAt()));
        assertEquals(40 + 24, at(headers.insertAt()));
        assertEquals(40 + 8, at(headers.insertNextAt()));
        assertEquals(40 + 24, at(headers.upperNextAt()));
        assertNull(check(six(0, extension(60, 1) + extension(17, 1) + UDP)));
        assertEquals(40 + 16, at(headers.insertAt()));
        assertEquals(5000, headers.sourcePort(packet.bytes()));
    }

    @Test
    void fragmentsOfIpv6() {
        assertNull(check(six(44, "1100 0001 00000007" + UDP)));
        assertTrue(headers.fragment());
        assertEquals(5000, headers.sourcePort(packet.bytes()));
        assertNull(check(six(44, "1100 0008 00000007" + UDP)));
        assertTrue(headers.fragment());
        assertEquals(0, headers.sourcePort(packet.bytes()));
        // a whole packet that says it is the only fragment
        assertNull(check(six(44, "1100 0000 00000007" + UDP)));
        assertFalse(headers.fragment());
        assertEquals(40, at(headers.insertAt()));
        assertEquals(48, at(headers.upperAt()));
    }

    @Test
    void chainsThatRunOut() {
        assertEquals(PacketFlaw.EXTENSION_HEADERS, check(six(0, "1100 0104 0000")));
        assertEquals(PacketFlaw.EXTENSION_HEADERS, check(six(60, "1101 0104 00000000")));
        assertEquals(PacketFlaw.EXTENSION_HEADERS, check(six(60, "11ff 0104 00000000" + UDP)));
        assertEquals(PacketFlaw.EXTENSION_HEADERS, check(six(60, "")));
        assertEquals(
                PacketFlaw.EXTENSION_HEADERS, check(six(60, extension(0, 1) + extension(17, 1))));
        String many = extension(60, 1).repeat(17);
        assertEquals(PacketFlaw.EXTENSION_HEADERS, check(six(60, many + UDP)));
        assertNull(check(six(60, extension(60, 1).repeat(15) + extension(17, 1) + UDP)));
    }
}
