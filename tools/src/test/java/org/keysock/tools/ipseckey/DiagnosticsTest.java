package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.tools.ipseckey.Typist.Printed;

/** Every diagnostic code, wherever the original shows one: solaris.md section 2 and 4.14. */
@Timeout(60)
final class DiagnosticsTest {

    private static final int CODES = 87;
    private static final String FATAL = "ipseckey: Fatal error - exiting.\n";
    private static final String NEVER =
            "ipseckey: Configuration file did not contain any valid SAs\n";

    @TempDir private Path home;

    static IntStream codes() {
        return IntStream.range(0, CODES);
    }

    @Test
    void eachHasItsOwnWording() {
        Set<String> wordings = new HashSet<>();
        for (Diagnostic diagnostic : Diagnostic.values()) {
            wordings.add(diagnostic.wording());
        }
        assertEquals(CODES, Diagnostic.values().length);
        assertEquals(CODES, wordings.size());
        assertNull(Diagnostic.of(CODES));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void isShownWhereTheOriginalShowsIt(int code) throws IOException {
        Diagnostic diagnostic = Diagnostic.of(code);
        assertNotNull(diagnostic);
        String plain = "PF_KEY Diagnostic code " + code + ": " + diagnostic.wording() + ".\n\n";
        String indented = "  Diagnostic code " + code + ":  " + diagnostic.wording() + ".\n";
        try (Refusing kernel = new Refusing(home, code)) {
            Typist typist = new Typist(kernel.folder(), home);
            String add = "add ah spi 1 dst 192.0.2.2 authalg md5 authkey 00\n";
            assertEquals(
                    "Config file entry near line 1 caused error(s) or warnings:\n\n"
                            + add
                            + "\n\n"
                            + plain
                            + NEVER
                            + FATAL,
                    typist.file(add).out());
            assertEquals(
                    new Printed(plain + FATAL, "", 1),
                    typist.command("-n delete ah spi 1 dst 192.0.2.2"));
            assertEquals(
                    new Printed("One of the entered values is incorrect.\n" + FATAL, indented, 1),
                    typist.command("-n delete ah spi 1"));
            Printed got = typist.command("-n get ah spi 1 dst 192.0.2.2");
            assertEquals(
                    "Base message (version 2) type GET, SA type AH.\n"
                            + "Error Invalid argument from PF_KEY.\n"
                            + indented
                            + "Message length 16 bytes, seq=1, pid="
                            + ProcessHandle.current().pid()
                            + ".\n"
                            + plain
                            + FATAL,
                    got.out());
            assertEquals(
                    indented
                            + "ipseckey: Cannot flush SA type 2.\n"
                            + "ipseckey: return message (in doflush): Invalid argument\n",
                    typist.command("flush ah").err());
            assertEquals(
                    indented + "ipseckey: Dump failed: Invalid argument\n",
                    typist.command("dump ah").err());
        }
    }

    /** A kernel that refuses whatever it is asked with EINVAL and one diagnostic. */
    private static final class Refusing implements AutoCloseable {
        private static final int HEADER = 16;
        private static final int EINVAL = 22;

        private final ServerSocketChannel server;
        private final Path folder;
        private final int code;

        Refusing(Path folder, int code) throws IOException {
            this.folder = folder;
            this.code = code;
            Files.createFile(folder.resolve("hosts"));
            System.setProperty("pfkey.hosts", folder.resolve("hosts").toString());
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(folder.resolve("solaris.stream")));
            new Thread(this::serve, "refusing kernel").start();
        }

        /** Where its socket is. */
        Path folder() {
            return folder;
        }

        private void serve() {
            try {
                while (true) {
                    try (SocketChannel client = server.accept()) {
                        // every message of this test fits into one read
                        ByteBuffer message = ByteBuffer.allocate(4096);
                        while (client.read(message.clear()) > 0) {
                            byte[] header = new byte[HEADER];
                            message.flip().get(header);
                            header[2] = EINVAL;
                            header[4] = HEADER / 8;
                            header[5] = 0;
                            header[6] = (byte) code;
                            client.write(ByteBuffer.wrap(header));
                        }
                    }
                }
            } catch (IOException e) {
                // closed: the test is over
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
