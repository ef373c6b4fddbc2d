package org.keysock.kernel.transform;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.kernel.spd.PolicyDirection.IN;
import static org.keysock.kernel.spd.PolicyDirection.OUT;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.packet.InternetChecksum;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.spd.Template.Level;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** Packets that make no sense are dropped for a reason of their own, and charge nobody. */
final class BadPacketsTest {

    private static final int SPI = 0x1000;
    private static final IpAddress HOST = Ipv4Address.of(10, 1, 0, 1);
    private static final IpAddress PEER = Ipv4Address.of(10, 2, 0, 1);
    private static final IpAddress WEST = Ipv4Address.of(192, 0, 2, 1);
    private static final IpAddress EAST = Ipv4Address.of(192, 0, 2, 2);
    private static final IpAddress OUTER_WEST = Ipv4Address.of(198, 51, 100, 1);
    private static final IpAddress OUTER_EAST = Ipv4Address.of(198, 51, 100, 2);
    private static final IpAddress EAST_6 = new Ipv6Address(0x20010db8_00000000L, 2);

    /** An IPv6 header without length and next header, to EAST_6. */
    private static final String SIX =
            "60000000%04x%02x4020010db800000000000000000000000120010db8000000000000000000000002";

    private final Gateway here = new Gateway();
    private final Gateway there = new Gateway();

    @BeforeEach
    void sas() {
        there.with(Gateway.esp(SPI, WEST, EAST, 2).sa());
        there.with(Gateway.esp(SPI, new Ipv6Address(0x20010db8_00000000L, 1), EAST_6, 1).sa());
    }

    private void nobodyIsCharged() {
        for (IpAddress end : new IpAddress[] {EAST, EAST_6}) {
            SecurityAssociation sa = there.harness.sa(SaType.ESP, end, SPI);
            assertEquals(0, sa == null ? -1 : sa.use().packets());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRUNCATED",
        "45, TRUNCATED",
        "5500001400000000403200000a0100010a020001, VERSION",
        "44000014000000004032000000000000c0000202, HEADER_LENGTH",
        "4f000014000000004032000000000000c0000202, HEADER_LENGTH",
        "45000013000000004032000000000000c0000202, TOTAL_LENGTH",
        "45000015000000004032000000000000c0000202, TOTAL_LENGTH",
        "45000014000000004032000000000000c0000202, CHECKSUM",
        "60000000, TRUNCATED"
    })
    void headersOfIpv4(String hex, Fate fate) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertEquals(fate, there.receive(bytes));
        nobodyIsCharged();
    }

    /** What follows the IPv6 header, and the number of its first header. */
    @ParameterizedTest
    @CsvSource({
        "32, '', PROTOCOL_HEADER", // nothing is carried
        "32, 00001000, PROTOCOL_HEADER",
        "32, 0000100000000001, BLOCK_SIZE", // the header of ESP alone
        "0, '', EXTENSION_HEADERS",
        "0, 32ff000000000000, EXTENSION_HEADERS", // runs out
        "0, 0000000000000000 3200000000000000, EXTENSION_HEADERS", // hop-by-hop again
        "2b, 2b00000000000000 2b00000000000000 2b00000000000000 2b00000000000000"
                + " 2b00000000000000 2b00000000000000 2b00000000000000 2b00000000000000"
                + " 2b00000000000000 2b00000000000000 2b00000000000000 2b00000000000000"
                + " 2b00000000000000 2b00000000000000 2b00000000000000 2b00000000000000"
                + " 2b00000000000000 3b00000000000000, EXTENSION_HEADERS", // has no end
        "2c, 3200000100000001 0000100000000001, FRAGMENT",
        "2c, 3200000800000001 0000100000000001, FRAGMENT",
        "3c, 3200010400000000 0000200000000001, UNKNOWN_SPI"
    })
    void headersOfIpv6(String first, String hex, Fate fate) {
        String rest = hex.replace(" ", "");
        String six = SIX.formatted(rest.length() / 2, Integer.parseInt(first, 16));
        assertEquals(fate, there.receive(HexFormat.of().parseHex(six + rest)));
        nobodyIsCharged();
    }

    private static byte[] ip(int protocol, byte[] payload) {
        byte[] packet =
                ByteBuffer.allocate(20 + payload.length)
                        .put(HexFormat.of().parseHex("4500000000000000400000000a000001c0000202"))
                        .put(payload)
                        .array();
        packet[9] = (byte) protocol;
        packet[2] = (byte) (packet.length >> 8);
        packet[3] = (byte) packet.length;
        Ipv4Header.checksum(packet, 0);
        return packet;
    }

    @ParameterizedTest
    @CsvSource({"60000, DELIVERED", "65514, DELIVERED", "70000, DECOMPRESSION_BOMB"})
    void whatInflatesBeyondAPacket(int length, Fate fate) {
        inflated(new byte[length], fate);
    }

    @Test
    void aBombOfManyMegabytes() {
        inflated(new byte[50_000_000], Fate.DECOMPRESSION_BOMB);
        inflated(new byte[0], Fate.DECOMPRESSION);
    }

    private void inflated(byte[] plain, Fate fate) {
        VectorSa sa = new VectorSa();
        sa.protocol = SaType.X_IPCOMP;
        sa.spi = 0x50;
        sa.source = WEST;
        sa.destination = EAST;
        sa.encrypt = EncryptionAlgorithm.COMP_DEFLATE;
        Gateway gateway = new Gateway().with(sa.sa());
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(plain);
        deflater.finish();
        byte[] small = new byte[4 + 60_000];
        int length = 4 + deflater.deflate(small, 4, 60_000);
        deflater.end();
        small[0] = 59; // what is inside
        small[3] = 0x50;
        Fate became = gateway.receive(ip(108, Arrays.copyOf(small, length)));
        assertEquals(fate, became);
        assertEquals(fate == Fate.DELIVERED ? 1 : 0, sa.sa().use().packets());
    }

    private void policies(Template... templates) {
        here.policy(OUT, Policies.between(HOST, 32, PEER, 32), templates);
        there.policy(IN, Policies.between(HOST, 32, PEER, 32), templates);
    }

    private static Template tunnel(IpAddress source, IpAddress destination) {
        return new Template(SaType.ESP, 2, Level.REQUIRE, 0, source, destination);
    }

    private byte[] through(byte[] plain) {
        assertEquals(Fate.PROTECTED, here.send(plain));
        byte[] wire = here.bytes();
        assertEquals(Fate.DELIVERED, there.receive(wire));
        assertArrayEquals(plain, there.bytes());
        return wire;
    }

    @Test
    void tunnelsInTunnels() {
        here.with(Gateway.esp(SPI, WEST, EAST, 2).sa());
        here.with(Gateway.esp(SPI, OUTER_WEST, OUTER_EAST, 2).sa());
        there.with(Gateway.esp(SPI, OUTER_WEST, OUTER_EAST, 2).sa());
        policies(tunnel(WEST, EAST), tunnel(OUTER_WEST, OUTER_EAST));
        byte[] wire = through(Plain.udp(HOST, PEER, 100));
        assertArrayEquals(OUTER_EAST.toBytes(), Arrays.copyOfRange(wire, 16, 20));
    }

    @Test
    void whatATunnelCarriesForSomebodyElseIsNotUnknown() {
        byte[] foreign = ip(50, HexFormat.of().parseHex("000099990000000100000000"));
        System.arraycopy(HOST.toBytes(), 0, foreign, 12, 4);
        System.arraycopy(PEER.toBytes(), 0, foreign, 16, 4);
        Ipv4Header.checksum(foreign, 0);
        assertEquals(Fate.UNKNOWN_SPI, there.receive(foreign));
        here.with(Gateway.esp(SPI, WEST, EAST, 2).sa());
        policies(tunnel(WEST, EAST));
        through(foreign);
    }

    /** AH vouches for addresses, so it stands inside of what a NAT changes. */
    @Test
    void ahInsideAnEspTunnelThatANatChanges() {
        for (Gateway gateway : new Gateway[] {here, there}) {
            VectorSa ah = new VectorSa();
            ah.protocol = SaType.AH;
            ah.spi = 0x2000;
            ah.source = HOST;
            ah.destination = PEER;
            ah.auth = AuthAlgorithm.HMAC_SHA256;
            ah.authKey = new byte[32];
            ah.icvBits = 128;
            VectorSa esp = Gateway.esp(0x3000, WEST, EAST, 2);
            esp.encapsulation = SaDetails.IN_UDP;
            gateway.with(ah.sa()).with(esp.sa());
        }
        policies(new Template(SaType.AH, 1, Level.REQUIRE, 0, null, null), tunnel(WEST, EAST));
        assertEquals(Fate.PROTECTED, here.send(Plain.udp(HOST, PEER, 100)));
        byte[] wire = here.bytes();
        System.arraycopy(OUTER_WEST.toBytes(), 0, wire, 12, 4); // as a NAT does
        wire[20] = 99;
        Ipv4Header.checksum(wire, 0);
        assertEquals(0, InternetChecksum.of(InternetChecksum.add(0, wire, 0, 20)));
        assertEquals(Fate.DELIVERED, there.receive(wire));
        assertArrayEquals(Plain.udp(HOST, PEER, 100), there.bytes());
        assertEquals(1, there.mappings.size());
    }

    @ParameterizedTest
    @CsvSource({"AH, 51", "ESP, 50"})
    void anSaWithoutKeysIsNoSaForPackets(String type, int protocol) {
        SaType name = type.equals("AH") ? SaType.AH : SaType.ESP;
        Gateway gateway = new Gateway();
        KeySocket asker = gateway.harness.open(DialectName.RFC2367);
        gateway.harness.ask(
                asker,
                SadbMessage.of(
                        BaseHeader.of(MessageType.GETSPI, name, 1, 1),
                        Extension.Address.of(ExtensionType.ADDRESS_SRC, WEST),
                        Extension.Address.of(ExtensionType.ADDRESS_DST, EAST),
                        new Extension.SpiRange(new Spi(0x1000), new Spi(0x1000))));
        assertEquals(
                SaState.LARVAL, requireNonNull(gateway.harness.sa(name, EAST, 0x1000)).state());
        byte[] payload = new byte[40];
        payload[protocol == 51 ? 6 : 2] = 0x10;
        payload[protocol == 51 ? 1 : 7] = 4;
        assertEquals(Fate.SA_STATE, gateway.receive(ip(protocol, payload)));
    }
}
