package org.keysock.tools.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tools say when there is no emulator, or one that does not answer. */
@Timeout(60)
final class KernelGoneTest {

    private static final String PATIENCE = "pfkey.klips.patience";

    @TempDir private Path folder;

    private KlipsShell.Printed run(String... words) {
        return new KlipsShell(folder, folder).run(List.of(words));
    }

    private ServerSocketChannel listener() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve("klips.stream")));
        return server;
    }

    @AfterEach
    void forget() {
        System.clearProperty(PATIENCE);
    }

    @Test
    void thereIsNone() {
        KlipsShell.Printed printed = run("spi", "--clear");
        assertEquals(
                "spi: Trouble opening PF_KEY family socket with error: KLIPS not loaded or"
                        + " enabled.\n",
                printed.err());
        assertEquals(1, printed.exit());
    }

    @Test
    void thereIsNoTable() {
        KlipsShell.Printed printed = run("spi");
        assertEquals("cat: /proc/net/ipsec_spi: No such file or directory\n", printed.err());
        assertEquals(1, printed.exit());
    }

    @Test
    void itDoesNotAnswer() throws IOException {
        System.setProperty(PATIENCE, "50");
        ServerSocketChannel mute = listener();
        try {
            KlipsShell.Printed printed = run("spi", "--clear");
            assertEquals(
                    "spi: pfkey write failed (errno=110): Unknown socket write error 110"
                            + " (Connection timed out).  Please report as much detail as possible"
                            + " to development team.\n",
                    printed.err());
            assertEquals(1, printed.exit());
        } finally {
            mute.close();
        }
    }

    @Test
    void itGoesAway() throws Exception {
        try (ServerSocketChannel server = listener()) {
            Thread kernel =
                    new Thread(
                            () -> {
                                try (SocketChannel accepted = server.accept()) {
                                    accepted.shutdownOutput();
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            kernel.start();
            KlipsShell.Printed printed = run("spi", "--said", "esp.125@192.168.43.1", "--del");
            kernel.join();
            assertEquals(
                    "spi: pfkey write failed (errno=100): Unknown socket write error 100 (Network"
                            + " is down).  Please report as much detail as possible to development"
                            + " team.\n",
                    printed.err());
            assertEquals(1, printed.exit());
        }
    }
}
