package org.keysock.tools.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/**
 * Native programs that die in mid-send, flood, never read, or are too many: a program beside them
 * is answered rightly, and when they are gone nothing of them is left in the server.
 */
@Timeout(300)
final class NeighboursTest {

    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Path program;

    @SuppressWarnings("NullAway.Init")
    private static PfKeyServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        NativeProgram.need(
                NativeProgram.compilerExists(), "no C compiler: bad neighbours are not tested");
        Path source = NativeProgram.shim().resolve("test").resolve("hostile");
        program = NativeProgram.compile(source.resolve("neighbours.c"), folder, List.of("-O2"));
        server = PfKeyServer.start(ServerOptions.in(folder.resolve("kernel")).withSeed(1));
        ask("stats"); // which opens jars of this process for good
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"killed", "floods", "deaf", "hoards", "swarm"})
    void disturbNobody(String what) throws Exception {
        Map<String, String> preloaded =
                Map.of(
                        "LD_PRELOAD", NativeProgram.preloadLibrary().toString(),
                        "PFKEY_SOCKET", server.folder().resolve("linux.sock").toString());
        int before = descriptors();

        NativeProgram.Ended ended = NativeProgram.run(preloaded, List.of(program.toString(), what));

        assertEquals("", ended.output());
        assertEquals(0, ended.status());
        awaitNoSessions();
        awaitDescriptors(before);
        JsonObject stats = ask("stats").getAsJsonObject("counters");
        assertEquals(0, stats.get("faults").getAsInt());
    }

    /** Waits, by asking, until what the programs left has been noticed. */
    private static void awaitNoSessions() throws IOException {
        while (!ask("sessions").getAsJsonArray("sessions").isEmpty()) {
            if (Thread.interrupted()) {
                throw new IOException("sessions are left: " + ask("sessions"));
            }
        }
    }

    /** Waits until there are no more than that, which a leak would make for ever. */
    private static void awaitDescriptors(int most) throws IOException {
        while (descriptors() > most) {
            if (Thread.interrupted()) {
                throw new IOException(descriptors() + " descriptors are open, not " + most);
            }
        }
    }

    private static JsonObject ask(String verb) throws IOException {
        Path control = server.folder().resolve(PfKeyServer.CONTROL_SOCKET);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(control));
                BufferedReader answers =
                        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            String request = "{\"verb\":\"" + verb + "\"}\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            return JsonParser.parseString(answers.readLine()).getAsJsonObject();
        }
    }

    /** How many this process has, which is the server. */
    private static int descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return (int) all.count();
        }
    }
}
