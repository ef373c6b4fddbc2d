package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.tools.ipseckey.Typist.SILENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.tools.ipseckey.Typist.Printed;

/**
 * Commands of a file are sent ahead of the answers, and nobody can tell: against a real emulator.
 */
@Timeout(120)
final class PipelineTest {

    private static final String WINDOW = "pfkey.ipseckey.window";
    private static final String KEYS =
            " authalg md5 authkey bde359723576fdea08e56cbe876e24ad"
                    + " encralg des encrkey be02938e7def2839\n";
    private static final String FATAL = "ipseckey: Fatal error - exiting.\n";

    @TempDir private Path home;
    private PfKeyServer server;
    private Typist typist;

    @BeforeEach
    void start() throws IOException {
        Path hosts = home.resolve("hosts");
        Files.writeString(
                hosts, "192.0.2.1 me\n192.0.2.2 you\n192.0.2.4 twofold\n192.0.2.5 twofold\n");
        System.setProperty("pfkey.hosts", hosts.toString());
        System.setProperty("pfkey.ipseckey.patience", "60000");
        server =
                PfKeyServer.start(
                        ServerOptions.in(home.resolve("emulator"))
                                .withVirtualClock(1230000000)
                                .withLocal(List.of(Ipv4Address.of(192, 0, 2, 1))));
        typist = new Typist(server.folder(), home);
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty(WINDOW);
        server.close();
    }

    private static String add(int spi) {
        return "add esp spi " + spi + " dst you" + KEYS;
    }

    private static String place(int line, String command) {
        return "Config file entry near line "
                + line
                + " caused error(s) or warnings:\n\n"
                + command
                + "\n\n";
    }

    private static String association(int spi, String what) {
        return "Association (type = esp) with spi 0x"
                + Integer.toHexString(spi)
                + " and addr\n192.0.2.2 "
                + what
                + ".\n\n";
    }

    @Test
    void errorsNameTheirLinesInTheirOrder() throws IOException {
        StringBuilder file = new StringBuilder();
        String unknown = "add esp spi 7 dst you foo" + KEYS;
        String weak = "add esp spi 8 dst you encralg des encrkey 0101010101010101\n";
        for (int line = 1; line <= 2000; line++) {
            switch (line) {
                case 3 -> file.append(add(1001));
                case 7 -> file.append(unknown);
                case 8 -> file.append(weak);
                default -> file.append(add(1000 + line));
            }
        }
        assertEquals(
                new Printed(
                        place(3, add(1001))
                                + association(1001, "already exists")
                                + place(7, unknown)
                                + "Unknown extension field \"foo\" \n\n"
                                + place(8, weak)
                                + "PF_KEY Diagnostic code 47: encryption key is weak.\n\n"
                                + FATAL,
                        "",
                        1),
                typist.file(file.toString()));
        assertEquals(1997, saved());
    }

    private long saved() {
        return typist.command("save all").out().lines().filter("# begin assoc"::equals).count();
    }

    @Test
    void laterLinesSeeEarlierOnes() throws IOException {
        Printed got =
                typist.file(
                        add(1)
                                + add(1)
                                + "delete esp spi 1 dst you\n"
                                + "get esp spi 1 dst you\n"
                                + add(1)
                                + "update esp spi 1 dst you hard_addtime 77\n"
                                + "get esp spi 1 dst you\n"
                                + "delete esp spi 1 dst you\n"
                                + "delete esp spi 1 dst you\n");
        String out = got.out();
        assertTrue(
                out.startsWith(
                        place(2, add(1))
                                + association(1, "already exists")
                                + association(1, "does not exist")
                                + "Base message (version 2) type GET, SA type ESP.\n"),
                out);
        assertTrue(out.contains("HLT: 77 seconds "), out);
        assertTrue(out.endsWith("\n" + association(1, "does not exist") + FATAL), out);
        assertEquals(1, got.exit());
    }

    @Test
    void aWarningStandsBeforeTheAnswerToItsLine() throws IOException {
        String again = "add esp spi 1 dst you replay 4" + KEYS;
        assertEquals(
                new Printed(
                        place(2, again)
                                + "WARNING:  Replay with manual keying considered harmful.\n\n"
                                + place(2, again)
                                + association(1, "already exists")
                                + FATAL,
                        "",
                        1),
                typist.file(add(1) + again + add(2)));
    }

    @Test
    void quitWaitsForTheLinesBeforeIt() throws IOException {
        assertEquals(
                new Printed(place(2, add(1)) + association(1, "already exists") + FATAL, "", 1),
                typist.file(add(1) + add(1) + "quit\n" + add(2)));
        assertEquals(SILENT, typist.file(add(3) + "quit\n" + add(4)));
        assertEquals(2, saved());
    }

    @Test
    void aLineTooLongWaitsForThoseBeforeIt() throws IOException {
        assertEquals(
                new Printed(
                        place(2, add(1))
                                + association(1, "already exists")
                                + "ipseckey: Line 3 too big.\n"
                                + FATAL,
                        "",
                        1),
                typist.file(add(1) + add(1) + " ".repeat(5000) + "\n"));
    }

    @Test
    void manyLinesPassASmallWindow() throws IOException {
        System.setProperty(WINDOW, "2");
        StringBuilder file = new StringBuilder();
        for (int spi = 1000; spi < 21_000; spi++) {
            file.append(add(spi));
        }
        assertEquals(SILENT, typist.file(file.toString()));
        assertEquals(20_000, saved());
    }

    @Test
    void theSizeOfTheWindowShowsNowhere() throws IOException {
        long seed = 20260111;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder file = new StringBuilder();
        for (int line = 0; line < 1500; line++) {
            file.append(anyLine(random));
        }
        System.setProperty(WINDOW, "1");
        Printed waiting = typist.file(file.toString());
        String database = typist.command("-n save all").out();
        assertTrue(waiting.out().length() > 10_000, waiting.out());
        for (int window : new int[] {2, 3, 16, 256, 4000}) {
            System.setProperty(WINDOW, "" + window);
            assertEquals(SILENT, typist.command("flush"));
            assertEquals(waiting, typist.file(file.toString()), "window " + window);
            assertEquals(database, typist.command("-n save all").out(), "window " + window);
        }
    }

    private static String anyLine(SplittableRandom random) {
        int spi = 1 + random.nextInt(20);
        String sa = " esp spi " + spi + " dst " + (random.nextInt(8) == 0 ? "twofold" : "you");
        return switch (random.nextInt(16)) {
            case 0 -> "delete" + sa + "\n";
            case 1 -> "delete-pair" + sa + "\n";
            case 2 -> "update" + sa + " hard_addtime " + (1 + random.nextInt(99)) + "\n";
            case 3 -> "update-pair" + sa + " soft_addtime 5\n";
            case 4 -> "get" + sa + "\n";
            case 5 -> "add" + sa + " replay 4" + KEYS;
            case 6 -> "add" + sa + " foo\n";
            case 7 -> "wonder" + sa + "\n";
            case 8 -> "dump\n";
            case 9 -> "delete esp spi " + spi + "\n";
            case 10 -> random.nextInt(6) == 0 ? "flush\n" : "# nothing\n";
            case 11 -> "add" + sa + " src twofold \\\n" + KEYS;
            default -> "add" + sa + KEYS;
        };
    }
}
