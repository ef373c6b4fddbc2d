package org.keysock.tools.setkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/** What runs until somebody ends it, what needs no kernel, and what does not find one. */
@Timeout(60)
final class WatchingTest {

    @TempDir private Path home;
    private PfKeyServer server;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        System.clearProperty("pfkey.hosts");
        System.setProperty("pfkey.setkey.patience", "20000");
        server =
                PfKeyServer.start(
                        ServerOptions.in(home.resolve("emulator")).withVirtualClock(1230000000));
        shell = new Shell(server.folder(), home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Counts flushes, which come before each wait, and interrupts the writer at one of them. */
    static OutputStream watched(OutputStream seen, CountDownLatch waits, int last) {
        AtomicInteger flushes = new AtomicInteger();
        return new FilterOutputStream(seen) {
            @Override
            public void flush() throws IOException {
                super.flush();
                waits.countDown();
                if (flushes.incrementAndGet() == last) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Test
    void thePromiscuousEarHearsOthers() throws Exception {
        // the first wait, and the one behind the echo of X_PROMISC
        CountDownLatch listening = new CountDownLatch(2);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        Thread ear =
                new Thread(
                        () ->
                                shell.run(
                                        "",
                                        watched(seen, listening, Integer.MAX_VALUE),
                                        new ByteArrayOutputStream(),
                                        "-xH"));
        ear.start();
        listening.await();
        assertEquals("", shell.run("add ::1 ::2 esp 9 -E null;", "-c").out());
        server.close();
        ear.join();
        String text = seen.toString(StandardCharsets.ISO_8859_1);
        assertTrue(
                text.startsWith("02:40:00.000000 \n00000000: 02 0b 00 01 02 00 00 00 00 "), text);
        assertTrue(text.contains("sadb_msg{ version=2 type=3 errno=0 satype=3\n  len=17 "), text);
        assertTrue(text.contains("  key= }\n"), text);
        assertTrue(text.endsWith("}\n\n"), text);
    }

    @Test
    void shortLinesComeAgainAndAgain() {
        shell.run(
                """
                add 10.0.0.1 10.0.0.2 esp 0x1005 -E null;
                add 10.0.0.2 10.0.0.1 ah 0x1001 -lh 3600 -ls 9 -A hmac-md5 "0123456789abcdef";
                add 10.0.0.1 10.0.0.2 ipcomp 0x1003 -lh 100 -ls 9 -C deflate;
                """,
                "-c");
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        int exit =
                shell.run(
                        "",
                        watched(seen, new CountDownLatch(1), 1),
                        new ByteArrayOutputStream(),
                        "-Dl");
        assertEquals(
                """
                time p   s spi      ltime   src -> dst
                4000 #9  M 00001003   0/100 10.0.0.1 -> 10.0.0.2
                4000 ah  M 00001001   0/big 10.0.0.2 -> 10.0.0.1
                4000 esp M 00001005   0/0   10.0.0.1 -> 10.0.0.2
                """,
                seen.toString(StandardCharsets.ISO_8859_1));
        assertEquals(0, exit);
    }

    @Test
    void filesAreShownWithoutAKernel() throws IOException {
        server.close();
        byte[] message = Samples.dumped();
        Files.write(home.resolve("one"), message);
        String shown = shell.run("", "one").out();
        assertTrue(shown.startsWith("10.0.0.1 10.0.0.2 \n\tesp mode=tunnel spi=4097"), shown);
        Files.write(home.resolve("cut"), Arrays.copyOf(message, message.length - 8));
        assertEquals(
                new Shell.Printed("", "setkey: cut: invalid keymsg length\n", 1),
                shell.run("", "cut"));
    }

    @Test
    void whatTheLibraryRefusesIsNotShown() throws IOException {
        byte[] message = Samples.dumped();
        assertEquals("Invalid SA type\n", shown(message, 3, 12));
        assertEquals("Not supported\n", shown(message, 3, 5));
        assertEquals("Invalid message type\n", shown(message, 1, 77));
        assertEquals("Invalid version\n", shown(message, 0, 1));
        assertEquals("Invalid extension type\n", shown(message, 18, 17));
        assertEquals("Invalid extension type\n", shown(message, 18, 19));
        assertEquals("Invalid sadb message\n", shown(message, 16, 60));
        assertEquals("Protocol mismatch\n", shown(message, Samples.SOURCE_PROTOCOL, 6));
    }

    private String shown(byte[] message, int offset, int value) throws IOException {
        byte[] changed = message.clone();
        changed[offset] = (byte) value;
        Files.write(home.resolve("changed"), changed);
        return shell.run("", "changed").out();
    }

    @Test
    void aKernelThatIsNotThereIsAnError() throws IOException {
        server.close();
        Shell.Printed refused = shell.run("flush;", "-c");
        assertEquals(
                new Shell.Printed(
                        "",
                        "setkey: cannot open the key socket "
                                + server.folder().resolve("linux.stream")
                                + "\n",
                        1),
                refused);
    }

    @Test
    void noErrorHoldsAKey() {
        for (String secret :
                new String[] {"secretsecret12345", "0x00112233445566778899", "\"x y\""}) {
            for (String before :
                    new String[] {
                        "add ::1 ::2 esp 1 -E aes-cbc ",
                        "add ::1 ::2 esp 1 -E null ",
                        "add ::1 ::2 ah 1 -A ",
                        "add ::1 ::2 ah 1 -A hmac-md5 "
                    }) {
                Shell.Printed printed = shell.run(before + secret + ";", "-c");
                String all = printed.out() + printed.err();
                assertTrue(all.contains(" at `"), all);
                assertFalse(all.contains(secret.substring(1, 4)), all);
            }
        }
    }
}
