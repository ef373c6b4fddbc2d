package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.packet.EspHeader;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Packet;
import org.keysock.pfkey.model.Ipv4Address;

/** BEET over IPv4, with and without options. */
final class BeetTest {

    private final Transforms transforms = new Transforms(1);
    private final Packet packet = new Packet(2000);
    private final IpHeaders headers = new IpHeaders();

    private static SaContext beet() {
        VectorSa sa = new VectorSa();
        sa.mode = 3;
        sa.source = Ipv4Address.of(10, 9, 0, 1);
        sa.destination = Ipv4Address.of(10, 9, 0, 2);
        sa.innerSource = Ipv4Address.of(192, 0, 2, 10);
        sa.innerDestination = Ipv4Address.of(198, 51, 100, 20);
        return sa.context();
    }

    private static byte[] plain(int options) {
        String header =
                String.format("%02x", 0x45 + options / 4)
                        + "b8 0000 0001 4000 2011 0000 c000020a c6336414"
                        + "94040000".repeat(options / 4)
                        + "0001 0002 0009 0000 41";
        byte[] bytes = HexFormat.of().parseHex(header.replace(" ", ""));
        IpHeaders.length(bytes, 0, bytes.length);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 12, 36, 40})
    void options(int options) {
        byte[] plain = plain(options);
        packet.load(plain, 0, plain.length);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, beet()));
        assertNull(headers.check(packet));
        byte[] bytes = packet.bytes();
        int start = packet.start();
        assertEquals("45b8", VectorSa.hex(bytes, start, start + 2));
        assertEquals("2032", VectorSa.hex(bytes, start + 8, start + 10));
        assertEquals("0a0900010a090002", VectorSa.hex(bytes, start + 12, start + 20));
        assertEquals(options == 0 ? 17 : 94, bytes[packet.end() - 1]);
        int inside = start + 20 + EspHeader.LENGTH;
        String wanted =
                switch (options) {
                    case 0 -> "00010002";
                    case 4 -> "1100000094040000";
                    case 8 -> "1101040001010101";
                    case 12 -> "1101000094040000";
                    case 36 -> "1104000094040000";
                    default -> "1105040001010101";
                };
        assertEquals(wanted, VectorSa.hex(bytes, inside, inside + wanted.length() / 2));
        assertEquals(Fate.DELIVERED, transforms.inbound(packet, beet()));
        assertEquals(
                HexFormat.of().formatHex(plain), VectorSa.hex(bytes, packet.start(), packet.end()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "110000", "11000100", "11000400", "11ff0000", "1101000094040000"})
    void brokenHeaders(String header) {
        byte[] inside = HexFormat.of().parseHex(header);
        byte[] plain = plain(0);
        packet.load(plain, 0, 20 + inside.length);
        System.arraycopy(inside, 0, packet.bytes(), packet.start() + 20, inside.length);
        packet.bytes()[packet.start() + 9] = 94;
        IpHeaders.length(packet.bytes(), packet.start(), 20 + inside.length);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, beet()));
        assertEquals(Fate.INNER_PACKET, transforms.inbound(packet, beet()));
    }
}
