package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.wire.Dialect;

/** Packets through a real server that is keyed over a key socket. */
@Timeout(60)
final class PacketsTest {

    private static final int OUT = 0;
    private static final int IN = 1;
    private static final byte[] PACKET = PushedPacket.udp4(100);

    private final TestKernel kernel = TestKernel.with("linux.larval-drop=off");
    private final RawClient packets;
    private final SeqpacketConnection manager;

    PacketsTest() throws IOException {
        packets = new RawClient(kernel.folder().resolve("packets.sock"));
        manager =
                SeqpacketConnection.open(
                        kernel.folder().resolve("linux.sock"), Dialect.of(DialectName.LINUX));
    }

    @BeforeEach
    void registerAndRequireProtection() throws IOException {
        manager.sendAcknowledged(LinuxKeys.register());
        for (int direction : new int[] {LinuxKeys.OUT, LinuxKeys.IN}) {
            manager.sendAcknowledged(LinuxKeys.policy(direction));
            Messages.in(manager.receive(0));
        }
        Messages.in(manager.receive(0));
    }

    @AfterEach
    void stop() throws IOException {
        packets.close();
        manager.close();
        kernel.close();
    }

    private PushedPacket push(int direction, byte[] packet) throws IOException {
        packets.send(PushedPacket.request(direction, 1, packet));
        return PushedPacket.answer(packets.receiveRecord());
    }

    private void add(int spi, Extension... more) throws IOException {
        manager.sendAcknowledged(LinuxKeys.add(spi, more));
        SadbMessage answer = Messages.in(manager.receive(0));
        assertEquals(MessageType.ADD, answer.type());
        assertEquals(Errno.OK, answer.header().errno());
    }

    @Test
    void aPacketGoesOutProtectedAndComesInAsItWas() throws IOException {
        add(0x1000);
        for (int size = 0; size < 1400; size += 57) {
            byte[] plain = PushedPacket.udp4(size);
            PushedPacket out = push(OUT, plain);
            assertEquals("protected", out.verdict());
            assertEquals(50, out.packet()[9]);
            PushedPacket in = push(IN, out.packet());
            assertEquals("delivered", in.verdict());
            assertArrayEquals(plain, in.packet());
            assertEquals("replayed", push(IN, out.packet()).verdict());
        }
        JsonObject stats = kernel.control("{\"verb\":\"stats\"}").getAsJsonObject("packets");
        assertEquals(25, stats.getAsJsonObject("out").get("protected").getAsInt());
        assertEquals(25, stats.getAsJsonObject("in").get("delivered").getAsInt());
        assertEquals(25, stats.getAsJsonObject("in").get("replayed").getAsInt());
        assertEquals(0, kernel.counter("faults"));
    }

    @Test
    void aForgedPacketIsDroppedForItsReason() throws IOException {
        add(0x1000);
        byte[] esp = push(OUT, PACKET).packet();
        esp[esp.length - 1] = (byte) ~esp[esp.length - 1];
        PushedPacket in = push(IN, esp);
        assertEquals(1, in.outcome());
        assertEquals("authentication", in.verdict());
        assertEquals(0, in.packet().length);
    }

    @Test
    void aPacketWithoutAnSaAsksKeyManagersBeforeItIsAnswered() throws IOException {
        PushedPacket out = push(OUT, PACKET);
        assertTrue(out.outcome() == 1 || out.outcome() == 2, out.verdict());
        assertEquals(MessageType.ACQUIRE, Messages.in(manager.receive(0)).type());
    }

    @Test
    void aPacketThatWaitedComesBackToItsClientWhenItsSaIsThere() throws IOException {
        assertEquals("held", push(OUT, PACKET).verdict());
        assertEquals(MessageType.ACQUIRE, Messages.in(manager.receive(0)).type());
        add(0x1000);
        PushedPacket late = PushedPacket.answer(packets.receiveRecord());
        assertEquals(2, late.direction());
        assertEquals(0, late.outcome());
        assertEquals(1, late.tag());
        assertEquals("protected", late.verdict());
        assertArrayEquals(PACKET, push(IN, late.packet()).packet());
    }

    @Test
    void aPacketThatWaitedInVainIsToldOfAsLost() throws IOException {
        assertEquals("held", push(OUT, PACKET).verdict());
        kernel.control("{\"verb\":\"clock\",\"advance\":31}");
        PushedPacket late = PushedPacket.answer(packets.receiveRecord());
        assertEquals(2, late.direction());
        assertEquals(1, late.outcome());
        assertEquals("no-sa", late.verdict());
        assertEquals("held", push(OUT, PACKET).verdict());
        packets.close();
        manager.sendAcknowledged(LinuxKeys.add(0x1000)); // nobody is there any more to be told
        assertEquals(0, kernel.counter("faults"));
    }

    @Test
    void softAndHardLimitsOfPacketsAreTold() throws IOException {
        add(
                0x1000,
                new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 400, 0, 0),
                new Extension.Lifetime(ExtensionType.LIFETIME_SOFT, 0, 200, 0, 0));
        for (int count = 0; count < 3; count++) {
            assertEquals("protected", push(OUT, PACKET).verdict());
        }
        SadbMessage soft = Messages.in(manager.receive(0));
        assertEquals(MessageType.EXPIRE, soft.type());
        String verdict = "protected";
        for (int count = 0; verdict.equals("protected") && count < 10; count++) {
            verdict = push(OUT, PACKET).verdict();
        }
        assertFalse(verdict.equals("protected"), "the hard limit stops nothing");
        boolean hard = false;
        for (Reading next = manager.receive(0); next != null; next = manager.receive(0)) {
            hard |= Messages.in(next).type() == MessageType.EXPIRE;
        }
        assertTrue(hard, "nobody was told of the hard limit");
    }

    @Test
    void whatNoDialectSaysIsSetByTheControlSocket() throws IOException {
        add(0x1000);
        String sa = "{\"verb\":\"sa\",\"type\":\"esp\",\"spi\":\"0x1000\",\"dst\":\"192.0.2.2\"%s}";
        JsonObject set =
                kernel.control(
                        sa.formatted(",\"extendedSequence\":true,\"window\":1024,\"tfc\":600"));
        assertTrue(set.get("extendedSequence").getAsBoolean());
        assertEquals(1024, set.get("window").getAsInt());
        byte[][] sent = new byte[1000][];
        for (int count = 0; count < sent.length; count++) {
            sent[count] = push(OUT, PACKET).packet();
            assertTrue(sent[count].length > 600);
        }
        for (int count = sent.length - 1; count >= 0; count--) {
            assertEquals("delivered", push(IN, sent[count]).verdict(), "packet " + count);
        }
        assertFalse(kernel.control(sa.formatted(",\"window\":64")).get("ok").getAsBoolean());
        assertTrue(kernel.control(sa.formatted(",\"tfc\":0")).get("ok").getAsBoolean());
        assertTrue(push(OUT, PACKET).packet().length < 600);
    }

    @Test
    void keysAreToldToWhoAsksForThemAlone() throws IOException {
        add(0x1000);
        JsonObject sa =
                kernel.control("{\"verb\":\"keys\"}")
                        .getAsJsonArray("sas")
                        .get(0)
                        .getAsJsonObject();
        assertEquals("AES_CBC", sa.get("encryption").getAsString());
        String key = sa.get("encryptionKey").getAsString();
        assertEquals(32, key.length());
        for (String verb : new String[] {"status", "sessions", "stats"}) {
            String answer = kernel.control("{\"verb\":\"" + verb + "\"}").toString();
            assertFalse(answer.contains(key), verb);
        }
    }

    @Test
    void everyReasonForADropHasACounter() throws IOException {
        JsonObject stats = kernel.control("{\"verb\":\"stats\"}").getAsJsonObject("packets");
        for (Map.Entry<String, JsonElement> way : stats.entrySet()) {
            JsonObject counts = way.getValue().getAsJsonObject();
            for (String reason : new String[] {"no-sa", "replayed", "truncated", "padding"}) {
                assertEquals(0, counts.get(reason).getAsInt(), way.getKey());
            }
        }
        assertEquals("truncated", push(IN, new byte[] {0x45}).verdict());
        stats = kernel.control("{\"verb\":\"stats\"}").getAsJsonObject("packets");
        assertEquals(1, stats.getAsJsonObject("in").get("truncated").getAsInt());
    }
}
