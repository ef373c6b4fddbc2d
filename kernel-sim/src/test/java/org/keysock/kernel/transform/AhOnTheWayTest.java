package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.Packet;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SaType;

/** What routers do to packets with AH does not matter, what others do does: RFC 4302 appendix A. */
final class AhOnTheWayTest {

    private final Transforms transforms = new Transforms(1);
    private final Packet packet = new Packet(2000);

    private static SaContext ah(IpAddress source, IpAddress destination) {
        VectorSa sa = new VectorSa();
        sa.protocol = SaType.AH;
        sa.source = source;
        sa.destination = destination;
        sa.auth = AuthAlgorithm.HMAC_SHA1;
        sa.authKey = new byte[20];
        sa.icvBits = 96;
        return sa.context();
    }

    private static SaContext four() {
        return ah(Ipv4Address.of(10, 0, 0, 1), Ipv4Address.of(10, 0, 0, 9));
    }

    private static SaContext six() {
        return ah(
                new Ipv6Address(0x20010db8_00000000L, 1), new Ipv6Address(0x20010db8_00000000L, 9));
    }

    private void load(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        IpHeaders.length(bytes, 0, bytes.length);
        packet.load(bytes, 0, bytes.length);
    }

    private void overwrite(int at, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        System.arraycopy(bytes, 0, packet.bytes(), packet.start() + at, bytes.length);
        if (packet.bytes()[packet.start()] >>> 4 == 4) {
            Ipv4Header.checksum(packet.bytes(), packet.start());
        }
    }

    private static String ip4(String firstByte, String destination, String options) {
        return firstByte
                + "00 0000 0001 0000 4011 0000 0a000001"
                + destination
                + options
                + "0001 0002 0009 0000 41";
    }

    /** The packet visits 10.0.0.5 and 10.0.0.6 on its way to 10.0.0.9. */
    @Test
    void sourceRoute() {
        load(ip4("48", "0a000005", "830b04 0a000006 0a000009 00"));
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, four()));
        overwrite(16, "0a000009 830b0c 0a000005 0a000006 00");
        assertEquals(Fate.DELIVERED, transforms.inbound(packet, four()));
        load(ip4("48", "0a000005", "830b04 0a000006 0a000009 00"));
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, four()));
        overwrite(16, "0a000008 830b0c 0a000005 0a000006 00");
        assertEquals(Fate.AUTHENTICATION, transforms.inbound(packet, four()));
    }

    @Test
    void optionsThatRunOut() {
        for (String options : new String[] {"44000000", "44010000", "44050000", "00000044"}) {
            load(ip4("46", "0a000009", options));
            Fate fate = transforms.outbound(packet, four());
            // behind the end of options anything may stand
            boolean ended = options.startsWith("00");
            assertEquals(ended ? Fate.PROTECTED : Fate.OPTIONS, fate, options);
        }
    }

    private static String end(int last) {
        return String.format("20010db8 00000000 00000000 000000%02x", last);
    }

    private static String ip6(int next, int destination, String rest) {
        return "60000000 0000"
                + String.format("%02x", next)
                + "40"
                + end(1)
                + end(destination)
                + rest
                + "0001 0002 0009 0000 41";
    }

    @Test
    void routingHeader() {
        load(ip6(43, 5, "11040002 00000000" + end(6) + end(9)));
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, six()));
        overwrite(24, end(9) + "33040000 00000000" + end(5) + end(6));
        assertEquals(Fate.DELIVERED, transforms.inbound(packet, six()));
        // one hop short of the end
        load(ip6(43, 6, "11040001 00000000" + end(5) + end(9)));
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, six()));
        overwrite(24, end(9) + "33040000 00000000" + end(5) + end(6));
        assertEquals(Fate.DELIVERED, transforms.inbound(packet, six()));
        load(ip6(43, 5, "11040002 00000000" + end(6) + end(9)));
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, six()));
        overwrite(24, end(9) + "33040000 00000000" + end(6) + end(5));
        assertEquals(Fate.AUTHENTICATION, transforms.inbound(packet, six()));
    }

    @Test
    void routesThatRunOut() {
        load(ip6(43, 5, "11020003 00000000" + end(6)));
        assertEquals(Fate.EXTENSION_HEADERS, transforms.outbound(packet, six()));
        load(ip6(43, 5, "11030001 00000000" + end(6) + "00000000 00000000"));
        assertEquals(Fate.EXTENSION_HEADERS, transforms.outbound(packet, six()));
        load(ip6(60, 9, "11003e09 01020304"));
        assertEquals(Fate.EXTENSION_HEADERS, transforms.outbound(packet, six()));
    }

    @Test
    void changingOptions() {
        load(ip6(0, 9, "11003e04 01020304"));
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, six()));
        overwrite(44, "99999999");
        assertEquals(Fate.DELIVERED, transforms.inbound(packet, six()));
        load(ip6(0, 9, "11001e04 01020304"));
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, six()));
        overwrite(44, "99999999");
        assertEquals(Fate.AUTHENTICATION, transforms.inbound(packet, six()));
    }

    /** A fragment cannot be protected, and one that was protected before cannot be opened. */
    @Test
    void fragments() {
        byte[] bytes = packet.bytes();
        load(ip4("45", "0a000009", ""));
        overwrite(6, "2000");
        assertEquals(Fate.FRAGMENT, transforms.outbound(packet, four()));
        load(ip4("45", "0a000009", ""));
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, four()));
        overwrite(6, "0001");
        assertEquals(Fate.FRAGMENT, transforms.inbound(packet, four()));
        load(ip6(44, 9, "11000001 00000001"));
        assertEquals(Fate.FRAGMENT, transforms.outbound(packet, six()));
        assertEquals(bytes, packet.bytes());
    }
}
