package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of packets.sock and packets.stream: docs/packets.md. No policy, no SA. */
@Timeout(60)
final class PacketSocketTest {

    private static final byte[] PACKET = PushedPacket.udp4(40);

    private final TestKernel kernel = new TestKernel();

    PacketSocketTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    private RawClient records() throws IOException {
        return new RawClient(kernel.folder().resolve("packets.sock"));
    }

    private SocketChannel stream() throws IOException {
        return SocketChannel.open(
                UnixDomainSocketAddress.of(kernel.folder().resolve("packets.stream")));
    }

    private static PushedPacket next(DataInputStream in) throws IOException {
        byte[] record = new byte[in.readInt()];
        ByteBuffer.wrap(record).putInt(record.length);
        in.readFully(record, 4, record.length - 4);
        return PushedPacket.answer(record);
    }

    @Test
    void aPacketThatNoPolicyIsAboutPassesAsItIs() throws IOException {
        try (RawClient client = records()) {
            client.send(PushedPacket.request(0, 7, PACKET));
            PushedPacket answer = PushedPacket.answer(client.receiveRecord());
            assertEquals(0, answer.direction());
            assertEquals(0, answer.outcome());
            assertEquals(7, answer.tag());
            assertEquals("passed", answer.verdict());
            assertArrayEquals(PACKET, answer.packet());
        }
    }

    @Test
    void answersComeInTheOrderOfTheRequests() throws IOException {
        try (RawClient client = records()) {
            for (int round = 0; round < 20; round++) {
                for (int tag = 0; tag < 50; tag++) {
                    client.send(PushedPacket.request(tag & 1, tag, PACKET));
                }
                for (int tag = 0; tag < 50; tag++) {
                    PushedPacket answer = PushedPacket.answer(client.receiveRecord());
                    assertEquals(tag, answer.tag());
                    assertEquals(tag & 1, answer.direction());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "0000000c 00000000 000000",
                "0000000b 00000000 00000009",
                "0000000d 00000000 00000009",
                "00010000 00000000 00000009",
                "0000000c 02000000 00000009",
                "0000000c 00000001 00000009",
                "0000000c ff000000 00000009"
            })
    void aMalformedRecordIsAnsweredSoAndDisturbsNobody(String hex) throws IOException {
        byte[] record = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (RawClient client = records()) {
            client.send(record);
            client.send(PushedPacket.request(0, 1, PACKET));
            PushedPacket answer = PushedPacket.answer(client.receiveRecord());
            assertEquals(3, answer.outcome());
            assertEquals("malformed-record", answer.verdict());
            assertEquals(record.length < 12 ? 0 : 9, answer.tag());
            assertEquals(0, PushedPacket.answer(client.receiveRecord()).outcome());
        }
        assertEquals(0, kernel.counter("faults"));
    }

    @Test
    void theStreamHasTheSameRecordsInWhateverPieces() throws IOException {
        try (SocketChannel client = stream();
                DataInputStream in = new DataInputStream(Channels.newInputStream(client))) {
            for (byte each : PushedPacket.request(1, 8, PACKET)) {
                client.write(ByteBuffer.wrap(new byte[] {each}));
            }
            assertArrayEquals(PACKET, next(in).packet());
            byte[] one = PushedPacket.request(0, 9, PACKET);
            ByteBuffer many = ByteBuffer.allocate(100 * one.length);
            while (many.hasRemaining()) {
                many.put(one);
            }
            for (many.flip(); many.hasRemaining(); ) {
                client.write(many);
            }
            for (int count = 0; count < 100; count++) {
                assertEquals(9, next(in).tag());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 12 + 65_536, -1})
    void aLengthThatMakesNoSenseEndsTheStream(int length) throws IOException {
        try (SocketChannel client = stream();
                DataInputStream in = new DataInputStream(Channels.newInputStream(client))) {
            client.write(
                    ByteBuffer.allocate(24).putInt(length).putInt(0).putInt(5).putInt(12).flip());
            PushedPacket answer = next(in);
            assertEquals(3, answer.outcome());
            assertEquals(5, answer.tag());
            assertEquals(-1, in.read());
        }
    }

    @Test
    void whoDoesNotTakeHisAnswersIsReadNoFurther() throws IOException {
        byte[] request = PushedPacket.request(0, 1, PushedPacket.udp4(60_000));
        try (RawClient client = records()) {
            client.neverBlock();
            int accepted = 0;
            for (int silent = 0; silent < 100; silent++) {
                while (client.offer(request)) {
                    accepted++;
                    silent = 0;
                }
                kernel.sas(); // the loop has had its turn
            }
            assertTrue(accepted < 200, accepted + " packets were taken in");
        }
        assertEquals(0, kernel.counter("faults"));
    }
}
