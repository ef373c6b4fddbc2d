package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.wire.Dialect;

/** What packets did to an SA is seen by key sockets and in the tables. */
@Timeout(60)
final class CountersOfPacketsTest {

    private static final byte[] PACKET = PushedPacket.udp4(100);
    private static final int SPI = 0x1000;

    private final TestKernel kernel = new TestKernel();
    private final SeqpacketConnection linux = open(DialectName.LINUX);
    private final RawClient packets = new RawClient(kernel.folder().resolve("packets.sock"));

    CountersOfPacketsTest() throws IOException {}

    private SeqpacketConnection open(DialectName dialect) throws IOException {
        return SeqpacketConnection.open(
                kernel.folder().resolve(dialect.text() + ".sock"), Dialect.of(dialect));
    }

    /** Three packets leave, two arrive, one of them again, and one is forged. */
    @BeforeEach
    void packetsGo() throws IOException {
        linux.sendAcknowledged(LinuxKeys.policy(LinuxKeys.OUT));
        linux.sendAcknowledged(LinuxKeys.policy(LinuxKeys.IN));
        linux.sendAcknowledged(LinuxKeys.add(SPI));
        for (int count = 0; count < 3; count++) {
            Messages.in(linux.receive(0));
        }
        byte[] first = push(0, PACKET, "protected");
        byte[] second = push(0, PACKET, "protected");
        byte[] forged = push(0, PACKET, "protected");
        forged[forged.length - 1]++;
        push(1, first, "delivered");
        push(1, second, "delivered");
        push(1, second, "replayed");
        push(1, forged, "authentication");
    }

    @AfterEach
    void stop() throws IOException {
        packets.close();
        linux.close();
        kernel.close();
    }

    private byte[] push(int direction, byte[] packet, String verdict) throws IOException {
        packets.send(PushedPacket.request(direction, 1, packet));
        PushedPacket answer = PushedPacket.answer(packets.receiveRecord());
        assertEquals(verdict, answer.verdict());
        return answer.packet();
    }

    private static SadbMessage ask(SeqpacketConnection socket, SadbMessage request)
            throws IOException {
        socket.sendAcknowledged(request);
        return Messages.in(socket.receive(0));
    }

    private static SadbMessage get() {
        return SadbMessage.of(
                BaseHeader.of(MessageType.GET, SaType.ESP, 7, 1),
                Extension.Sa.of(new Spi(SPI)),
                Extension.Address.of(ExtensionType.ADDRESS_SRC, Ipv4Address.of(192, 0, 2, 1)),
                Extension.Address.of(ExtensionType.ADDRESS_DST, Ipv4Address.of(192, 0, 2, 2)));
    }

    private static void fivePackets(SadbMessage told, int packets) {
        Lifetime current = told.lifetime(ExtensionType.LIFETIME_CURRENT);
        assertNotNull(current, told.toString());
        assertEquals(5L * PACKET.length, current.bytes());
        assertEquals(packets, current.allocations());
        assertTrue(current.useTime() != 0);
    }

    @Test
    void getAndDumpTellBytesAndPackets() throws IOException {
        fivePackets(ask(linux, get()), 5);
        fivePackets(
                ask(linux, SadbMessage.of(BaseHeader.of(MessageType.DUMP, SaType.ESP, 8, 1))), 5);
        try (SeqpacketConnection rfc = open(DialectName.RFC2367)) {
            fivePackets(ask(rfc, get()), 5);
        }
    }

    @Test
    void solarisTellsTheSequenceNumberToo() throws IOException {
        try (SeqpacketConnection solaris = open(DialectName.SOLARIS)) {
            SadbMessage told = ask(solaris, get());
            fivePackets(told, 0); // Solaris counts bytes alone
            ReplayValue replay = told.find(ExtensionType.X_REPLAY_VALUE, ReplayValue.class);
            assertNotNull(replay);
            assertEquals(3, replay.value32());
        }
    }

    @Test
    void theTableTellsWindowAndErrors() throws IOException {
        try (SocketChannel table =
                SocketChannel.open(
                        UnixDomainSocketAddress.of(
                                kernel.folder().resolve(PfKeyServer.TABLES_SOCKET)))) {
            table.write(ByteBuffer.wrap("ipsec_spi\n".getBytes(StandardCharsets.US_ASCII)));
            String line =
                    new String(
                            Channels.newInputStream(table).readAllBytes(),
                            StandardCharsets.US_ASCII);
            for (String part :
                    new String[] {
                        " ooowin=32 ooo_errs=1 seq=3 bit=0x3 ",
                        " auth_errs=1 ",
                        "bytes(640,0,0)",
                        "packets(5,0,0)",
                        " idle=0 "
                    }) {
                assertTrue(line.contains(part), part + " in " + line);
            }
        }
    }
}
