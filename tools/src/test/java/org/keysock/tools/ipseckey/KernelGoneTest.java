package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.tools.ipseckey.FickleKernel.End;
import org.keysock.tools.ipseckey.Typist.Printed;

/** A kernel that goes away, or says no more, in the middle of a command: solaris.md 4.13, 4.14. */
@Timeout(60)
@SuppressWarnings("try") // a kernel needs no calls to do its part
final class KernelGoneTest {

    private static final String KEYS =
            " authalg md5 authkey bde359723576fdea08e56cbe876e24ad"
                    + " encralg des encrkey be02938e7def2839\n";
    private static final String FATAL = "ipseckey: Fatal error - exiting.\n";
    private static final String CLOSED = "ipseckey: The PF_KEY socket was closed.\n";
    private static final String LATE = "ipseckey: Reply message from PF_KEY timed out.\n";
    private static final int EEXIST = 17;

    @TempDir private Path home;

    @BeforeEach
    void patience() {
        System.setProperty("pfkey.hosts", "/dev/null");
        System.setProperty("pfkey.ipseckey.patience", "200");
    }

    private FickleKernel kernel(int answers, End end, Map<Integer, Integer> errnos)
            throws IOException {
        return new FickleKernel(home.resolve("solaris.stream"), answers, end, errnos);
    }

    private Typist typist() {
        return new Typist(home, home);
    }

    private static String file(int lines) {
        StringBuilder file = new StringBuilder();
        for (int spi = 1; spi <= lines; spi++) {
            file.append(add(spi));
        }
        return file.toString();
    }

    private static String add(int spi) {
        return "add esp spi " + spi + " dst 192.0.2.2" + KEYS;
    }

    private static String refused(int line) {
        return "Config file entry near line "
                + line
                + " caused error(s) or warnings:\n\n"
                + add(line)
                + "\n\nAssociation (type = esp) with spi 0x"
                + Integer.toHexString(line)
                + " and addr\n192.0.2.2 already exists.\n\n";
    }

    @ParameterizedTest
    @CsvSource({
        "0, CLOSED",
        "1, CLOSED",
        "100, CLOSED",
        "999, CLOSED",
        "0, CUT_OFF",
        "300, CUT_OFF"
    })
    void aFileEndsWithTheKernel(int answers, End end) throws IOException {
        try (FickleKernel kernel = kernel(answers, end, Map.of())) {
            assertEquals(new Printed(FATAL, CLOSED, 1), typist().file(file(1000)));
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void whatWasAnsweredBeforeIsTold(End end) throws IOException {
        try (FickleKernel kernel = kernel(9, end, Map.of(4, EEXIST, 9, EEXIST))) {
            boolean late = end == End.SILENT;
            assertEquals(
                    new Printed(
                            refused(4) + refused(9) + (late ? "" : FATAL), late ? LATE : CLOSED, 1),
                    typist().file(file(600) + "wonder\n"));
        }
    }

    @Test
    void theFirstAnswerMayBeTheOneThatDoesNotCome() throws IOException {
        try (FickleKernel kernel = kernel(0, End.SILENT, Map.of())) {
            assertEquals(new Printed("", LATE, 1), typist().file(file(600)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get esp spi 1 dst 192.0.2.2",
                "delete esp spi 1 dst 192.0.2.2",
                "flush",
                "dump",
                "save all saved",
                "-s saved"
            })
    void aCommandEndsWithTheKernel(String line) throws IOException {
        for (End end : new End[] {End.CLOSED, End.CUT_OFF}) {
            try (FickleKernel kernel = kernel(0, end, Map.of())) {
                assertEquals(new Printed(FATAL, CLOSED, 1), typist().command(line), line);
            }
            Files.deleteIfExists(home.resolve("solaris.stream"));
            Files.deleteIfExists(home.resolve("saved"));
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void aDumpEndsWithTheKernel(End end) throws IOException {
        try (FickleKernel kernel = kernel(3, end, Map.of())) {
            Printed got = typist().command("dump");
            boolean late = end == End.SILENT;
            assertEquals(3, got.out().split("type DUMP", -1).length - 1, got.out());
            assertEquals(!late, got.out().endsWith("\n" + FATAL), got.out());
            assertEquals(late ? LATE : CLOSED, got.err());
            assertEquals(1, got.exit());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "CUT_OFF"})
    void aMonitorEndsWithTheKernel(End end) throws IOException {
        try (FickleKernel kernel = kernel(1, end, Map.of())) {
            Printed got = typist().command("monitor");
            assertTrue(got.out().startsWith("Actively monitoring the PF_KEY socket.\n"), got.out());
            assertTrue(got.out().endsWith("\n" + FATAL), got.out());
            assertEquals(CLOSED, got.err());
            assertEquals(1, got.exit());
        }
    }
}
