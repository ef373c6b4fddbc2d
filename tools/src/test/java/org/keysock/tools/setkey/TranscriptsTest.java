package org.keysock.tools.setkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/**
 * The transcripts of {@code testdata/cli/setkey} against a real emulator. With {@code
 * -Dgolden.update=true} they are written anew; look at what has changed before you keep it.
 */
@Timeout(60)
final class TranscriptsTest {

    private static final long START = 1230000000;
    private static final long SEED = 20081223;

    @TempDir private Path home;
    private PfKeyServer server;

    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(Transcript.FOLDER)) {
            List<Path> found = files.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
            assertFalse(found.isEmpty());
            return found;
        }
    }

    @BeforeEach
    void start() throws IOException {
        System.out.println("seed " + SEED);
        System.setProperty("pfkey.hosts", home.resolve("hosts").toString());
        System.setProperty("pfkey.setkey.patience", "20000");
        server =
                PfKeyServer.start(
                        ServerOptions.in(home.resolve("emulator"))
                                .withVirtualClock(START)
                                .withSeed(SEED));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void isPrinted(Path transcript) throws IOException {
        Files.writeString(home.resolve("hosts"), "");
        String played = Transcript.play(transcript, new Machine());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(transcript, played, StandardCharsets.ISO_8859_1);
        }
        assertEquals(Files.readString(transcript, StandardCharsets.ISO_8859_1), played);
    }

    @Test
    void asMuchIsRefusedAsIsAccepted() throws IOException {
        int refused = 0;
        int accepted = 0;
        for (Path transcript : transcripts()) {
            for (boolean step : Transcript.refusals(transcript)) {
                refused += step ? 1 : 0;
                accepted += step ? 0 : 1;
            }
        }
        System.out.println(accepted + " commands that are accepted, " + refused + " refused");
        assertTrue(refused >= accepted);
    }

    /** The emulator of this test, and a folder beside it. */
    private final class Machine implements Transcript.World {

        @Override
        public void file(String name, String text) throws IOException {
            Files.writeString(home.resolve(name), text, StandardCharsets.ISO_8859_1);
        }

        @Override
        public void advance(long seconds) throws IOException {
            Path socket = server.folder().resolve(PfKeyServer.CONTROL_SOCKET);
            String request = "{\"verb\":\"clock\",\"advance\":" + seconds + "}\n";
            try (SocketChannel control = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                control.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
                ByteBuffer answer = ByteBuffer.allocate(4096);
                assertTrue(control.read(answer) > 0);
                String text =
                        new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
                assertTrue(text.contains("virtual"), text);
            }
        }

        @Override
        public Shell.Printed run(String input, String[] words) {
            return new Shell(server.folder(), home).run(input, words);
        }
    }
}
