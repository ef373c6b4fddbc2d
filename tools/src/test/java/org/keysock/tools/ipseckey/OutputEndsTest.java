package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/** Output that nobody takes: a reader that leaves, a disk that is full. */
@Timeout(60)
@SuppressWarnings("try") // a kernel needs no calls to do its part
final class OutputEndsTest {

    /** Takes so many bytes, and then says why it takes no more. */
    private static final class Ending extends OutputStream {
        private final String reason;
        private int left;

        Ending(int bytes, String reason) {
            this.left = bytes;
            this.reason = reason;
        }

        @Override
        public void write(int octet) throws IOException {
            if (left-- <= 0) {
                throw new IOException(reason);
            }
        }
    }

    /** More than the sockets' buffers hold, so that the kernel is not done when we are. */
    private static final int MANY = 50_000;

    @TempDir private Path home;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void noNames() {
        System.setProperty("pfkey.hosts", "/dev/null");
        System.setProperty("pfkey.ipseckey.patience", "10000");
    }

    private int run(OutputStream out, String line) throws IOException {
        try (FickleKernel kernel =
                new FickleKernel(
                        home.resolve("solaris.stream"), MANY, FickleKernel.End.CLOSED, Map.of())) {
            return new Typist(home, home).run("", out, err, List.of(line.split(" ")));
        }
    }

    private String said() {
        return err.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump", "save all"})
    void aReaderThatLeavesEndsADumpWithoutAWord(String line) throws IOException {
        assertEquals(141, run(new Ending(1000, "Broken pipe"), line));
        assertEquals("", said());
    }

    @Test
    void aReaderThatLeavesEndsAMonitor() throws IOException {
        assertEquals(141, run(new Ending(10, "Broken pipe"), "monitor"));
        assertEquals("", said());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump", "-s -"})
    void aFullDiskIsTold(String line) throws IOException {
        assertEquals(1, run(new Ending(1000, "No space left on device"), line));
        assertEquals("ipseckey: standard output: No space left on device\n", said());
    }

    @Test
    void aSaveFileThatIsNotWholeIsTold() throws IOException {
        Typist.Printed got;
        try (PfKeyServer server = PfKeyServer.start(ServerOptions.in(home.resolve("solaris")))) {
            got = new Typist(server.folder(), home).command("save all /dev/full");
        }
        assertEquals(1, got.exit());
        assertEquals("ipseckey: Fatal error - exiting.\n", got.out());
        assertTrue(
                got.err().endsWith("ERROR: /dev/full write error: No space left on device\n\n"),
                got.err());
    }
}
