package org.keysock.tools.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.socket.ConnectionClosed;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageWriter;

final class MonitorTest {

    private static final BaseHeader ON =
            BaseHeader.of(MessageType.X_PROMISC, SaType.unknown(1), 1, 7);
    private static final SadbMessage DELETE =
            SadbMessage.of(
                    BaseHeader.of(MessageType.DELETE, SaType.ESP, 9, 4),
                    Extension.Sa.of(new Spi(0x101)));

    @TempDir private Path folder;

    private byte[] script(SadbMessage... messages) {
        MessageWriter writer = new MessageWriter(Dialect.of(DialectName.RFC2367));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (SadbMessage message : messages) {
            bytes.writeBytes(writer.toBytes(message));
        }
        return bytes.toByteArray();
    }

    @Test
    void listensAndPrintsUntilTheEmulatorEnds() throws Exception {
        Files.writeString(folder.resolve("clock"), "virtual 1230000000\n");
        PfkeyRun run = new PfkeyRun(folder, "");
        SadbMessage enclosing =
                SadbMessage.of(
                        BaseHeader.of(MessageType.X_PROMISC, SaType.ESP, 0, 0),
                        new Extension.Enclosed(DELETE));
        byte[] script = script(SadbMessage.of(ON), DELETE, enclosing);

        try (FakeSocket socket = new FakeSocket(folder.resolve("rfc2367.stream"), 16, script)) {
            assertEquals(0, run.run("monitor", "--no-refusals"));
            byte[] heard = socket.heard();
            assertEquals(11, heard[1], "an X_PROMISC");
            assertEquals(1, heard[3], "that switches on");
        }
        assertEquals(
                """
                # listening to rfc2367 in %s
                # 2008-12-23T02:40:00Z
                DELETE ESP seq 9 pid 4
                  SA spi 0x101 LARVAL
                # 2008-12-23T02:40:00Z
                X_PROMISC ESP seq 0 pid 0
                  X_ENCLOSED
                    DELETE ESP seq 9 pid 4
                      SA spi 0x101 LARVAL
                """
                        .formatted(folder),
                run.out());
        assertEquals("pfkey monitor: the emulator has ended\n", run.err());
    }

    @Test
    void rawIsALineOfHexForEachMessage() throws Exception {
        PfkeyRun run = new PfkeyRun(folder, "");
        byte[] script = script(SadbMessage.of(ON), DELETE);

        try (FakeSocket socket = new FakeSocket(folder.resolve("rfc2367.stream"), 16, script)) {
            assertEquals(0, run.run("monitor", "--raw", "--no-refusals"));
            assertEquals(16, socket.heard().length);
        }
        List<String> lines = run.out().lines().toList();
        assertEquals(2, lines.size());
        assertArrayEquals(
                Arrays.copyOfRange(script, 16, script.length),
                HexFormat.of().parseHex(lines.get(1)));
    }

    /** Both sockets have been written by the time the emulator ends, so nothing is waited for. */
    @Test
    void tellsWhyARequestWasRefused() throws Exception {
        Path home = folder.resolve("k");
        ServerOptions options =
                ServerOptions.in(home).withVirtualClock(VirtualClock.DEFAULT_START).withSeed(1);
        PfkeyRun run = new PfkeyRun(home, "");
        AtomicInteger exit = new AtomicInteger(-1);
        Thread monitor =
                new Thread(() -> exit.set(run.run("monitor", "--dialect", "linux")), "monitor");
        Path socket = home.resolve("linux.stream");
        try (PfKeyServer server = PfKeyServer.start(options)) {
            monitor.start();
            awaitListener(server.folder());
            try (StreamConnection client =
                    StreamConnection.open(socket, Dialect.of(DialectName.LINUX))) {
                client.send(DELETE);
                assertNotNull(client.receiveRecord(30_000));
                client.sendRecord(new byte[16]);
                client.shutdownOutput();
                assertThrows(ConnectionClosed.class, () -> client.receiveRecord(30_000));
            }
        }
        monitor.join();
        assertEquals(
                """
                # listening to linux in %s
                DELETE ESP seq 9 pid 4
                  SA spi 0x101 LARVAL
                DELETE ESP seq 9 pid 4 errno EINVAL
                # refused linux #2 pid 4 DELETE ESP seq 9: EINVAL: ADDRESS_SRC: missing
                # refused linux #2 pid 0 unknown(0) UNSPEC seq 0: EINVAL: base header at byte 0 \
                of 16: version is not 2
                """
                        .formatted(home),
                run.out()
                        .lines() // the clock is gone with the emulator; its own message comes back
                        .filter(line -> !line.matches("# \\d.*|X_PROMISC .*"))
                        .collect(Collectors.joining("\n", "", "\n")));
        assertEquals("pfkey monitor: the emulator has ended\n", run.err());
        assertEquals(0, exit.get());
    }

    private static void awaitListener(Path home) throws Exception {
        JsonObject question = new JsonObject();
        question.addProperty("verb", "sessions");
        boolean listens = false;
        for (long end = System.nanoTime() + 60_000_000_000L; !listens; ) {
            assertTrue(System.nanoTime() < end, "the monitor does not listen");
            JsonArray sessions = ControlClient.ask(home, question).getAsJsonArray("sessions");
            listens =
                    !sessions.isEmpty()
                            && sessions.get(0).getAsJsonObject().get("promiscuous").getAsBoolean();
        }
    }
}
