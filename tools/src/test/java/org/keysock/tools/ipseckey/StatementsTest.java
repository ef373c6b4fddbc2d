package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.tools.ipseckey.Typist.Printed;

/** Statements of the manual page as cases, solaris.md 6.3, against a real emulator. */
@Timeout(60)
final class StatementsTest {

    private static final String ESP =
            " authalg md5 authkey bde359723576fdea08e56cbe876e24ad"
                    + " encralg des encrkey be02938e7def2839\n";

    @TempDir private Path home;
    private PfKeyServer server;
    private Typist typist;

    @BeforeEach
    void start() throws IOException {
        Path hosts = home.resolve("hosts");
        Files.writeString(hosts, "192.0.2.1 me\n192.0.2.2 you\n");
        System.setProperty("pfkey.hosts", hosts.toString());
        System.setProperty("pfkey.ipseckey.patience", "10000");
        server = start("emulator");
        typist = new Typist(server.folder(), home);
    }

    private PfKeyServer start(String folder) throws IOException {
        return PfKeyServer.start(
                ServerOptions.in(home.resolve(folder))
                        .withVirtualClock(1230000000)
                        .withLocal(List.of(Ipv4Address.of(192, 0, 2, 1))));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void t2TellsAllErrorsOfALine() throws IOException {
        Printed told = typist.file("add esp spi 1 spi 2 foo dst you authkey zz\n");
        assertTrue(told.out().contains("not a hex value"), told.out());
        assertTrue(told.out().contains("Can only specify single SPI value."), told.out());
        assertTrue(told.out().contains("Unknown extension field \"foo\""), told.out());
        assertEquals(1, told.exit());
    }

    @Test
    void t3GoesOnBehindAnError() throws IOException {
        assertEquals(1, typist.file("add esp foo\nadd esp spi 7 dst you" + ESP).exit());
        assertEquals(0, typist.command("get esp spi 7 dst you").exit());
    }

    @Test
    void t4TellsTheDiagnostic() throws IOException {
        Printed told =
                typist.file(
                        "add ah spi 1 dst you authalg md5 authkey"
                                + " 0123456789abcdef0123456789abcd\n");
        assertTrue(told.out().contains("Diagnostic code 44: "), told.out());
        assertEquals(1, told.exit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"add ah spi 1", "update esp spi 1 dst you", "update-pair esp spi 1"})
    void t5KeepsKeysOffTheCommandLine(String line) {
        assertEquals(
                new Printed("", "ipseckey: can't do ADD or UPDATE from the command line.\n\n", 1),
                typist.command(line));
    }

    @Test
    void t8ParanoidShowsNoDigitOfAKey() {
        typist.types("add esp spi 1 src me dst you" + ESP);
        for (String line : List.of("-p get esp spi 1 dst you", "-p dump", "-p -s -")) {
            String shown = typist.command(line).out();
            assertFalse(shown.contains("bde3597"), shown);
            assertFalse(shown.contains("bf02928f"), shown);
            assertTrue(shown.contains("X".repeat(32) + "/128"), shown);
            assertTrue(shown.contains("X".repeat(16) + "/64"), shown);
        }
    }

    @Test
    void t9ReadsBackWhatItSaved() throws IOException {
        long seed = 20081223;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder file = new StringBuilder();
        for (int spi = 256; spi < 356; spi++) {
            file.append(sa(random, spi));
        }
        assertEquals(SILENT, typist.file(file.toString()));
        assertEquals(SILENT, typist.command("save all saved"));
        try (PfKeyServer second = start("second")) {
            Typist other = new Typist(second.folder(), home);
            assertEquals(SILENT, other.command("-f saved"));
            assertEquals(typist.command("-n dump").out(), other.command("-n dump").out());
        }
    }

    private static String sa(SplittableRandom random, int spi) {
        StringBuilder line = new StringBuilder();
        boolean esp = random.nextBoolean();
        line.append(esp ? "add esp spi " : "add ah spi ").append(spi);
        boolean six = random.nextInt(3) == 0;
        line.append(six ? " src 2001:db8::1 dst 2001:db8::" : " src 192.0.2.1 dst 198.51.100.");
        line.append(1 + random.nextInt(200));
        line.append(" authalg sha256 authkey ").append(digits(random, 64));
        if (esp) {
            line.append(" encralg aes encrkey ").append(digits(random, 32));
        }
        switch (random.nextInt(4)) {
            case 0 -> line.append(" hard_addtime 9000 soft_addtime 8000");
            case 1 -> line.append(" soft_bytes ").append(1 + random.nextInt(1 << 30));
            case 2 -> line.append(" proto 6 dport ").append(1 + random.nextInt(65535));
            default -> line.append(" srcidtype mailbox someone@example.org");
        }
        return line.append('\n').toString();
    }

    private static String digits(SplittableRandom random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int at = 0; at < count; at++) {
            digits.append(Character.forDigit(random.nextInt(16), 16));
        }
        return digits.toString();
    }

    @Test
    void t20StatesAreWordsOrNumbers() {
        assertEquals(SILENT, typist.types("add esp spi 1 dst you state 1" + ESP));
        Printed dying = typist.types("add esp spi 2 dst you state dying" + ESP);
        assertTrue(dying.out().startsWith("PF_KEY Diagnostic code 43: "), dying.out());
        Printed larval = typist.types("add esp spi 3 dst you state larval" + ESP);
        assertTrue(larval.out().startsWith("WARNING: Cannot set LARVAL"), larval.out());
    }

    @Test
    void t22NumbersHaveThreeBases() {
        typist.types("add esp spi 0x110 dst you" + ESP);
        for (String spi : List.of("0x110", "272", "0420")) {
            assertEquals(0, typist.command("get esp dst you spi " + spi).exit());
        }
        Printed no = typist.command("get esp dst you spi 08");
        assertEquals(
                "Expecting a number, not \"08\"!\n\nipseckey: Fatal error - exiting.\n", no.out());
        assertEquals(1, no.exit());
    }

    @Test
    void t26RefusesWeakKeys() {
        Printed weak = typist.types("add esp spi 1 dst you encralg des encrkey 0101010101010101\n");
        assertTrue(weak.out().startsWith("PF_KEY Diagnostic code 47: "), weak.out());
    }

    @Test
    void t42WarnsOfReaders() throws IOException {
        Path file = home.resolve("open");
        Files.writeString(file, "flush\n");
        Files.setAttribute(file, "unix:mode", 0644);
        Printed warned = typist.command("-f open");
        assertTrue(warned.err().contains("insecure permissions"), warned.err());
        assertEquals(0, warned.exit());
    }

    @Test
    void aTypingErrorEmptiesNothing() {
        typist.types("add esp spi 1 dst you" + ESP);
        assertEquals(1, typist.command("flush epsp").exit());
        assertEquals(0, typist.command("get esp spi 1 dst you").exit());
    }
}
