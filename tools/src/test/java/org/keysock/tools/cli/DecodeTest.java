package org.keysock.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecodeTest {

    private static final String FLUSH = "0209000002000000010000006b130000";

    @TempDir private Path folder;

    @Test
    void linesOfHexAreMessages() {
        PfkeyRun run =
                new PfkeyRun(folder, "# hello\n\n" + FLUSH + " # all\n02 09" + FLUSH.substring(4));

        assertEquals(0, run.run("decode", "--dialect", "solaris", "--byte-order", "little"));
        assertEquals(
                """
                # line 3
                FLUSH UNSPEC seq 1 pid 4971
                # line 4
                FLUSH UNSPEC seq 1 pid 4971
                """,
                run.out());
    }

    @Test
    void recordedFileNamesItsDialectAndByteOrder() throws IOException {
        Files.writeString(
                folder.resolve("recorded.json"),
                "{\"dialect\": \"solaris\", \"byte_order\": \"little\", \"case\": \"02\","
                        + "\"messages\": [{\"hex\": \"020900000002000000000001\"},"
                        + "{\"type\": \"FLUSH\", \"hex\": \""
                        + FLUSH
                        + "\"}]}");
        PfkeyRun run = new PfkeyRun(folder, "");

        assertEquals(0, run.run("decode", "recorded.json"));
        assertEquals("# messages[1].hex\nFLUSH UNSPEC seq 1 pid 4971\n", run.out());
    }

    @Test
    void byteOrderIsAnOption() {
        PfkeyRun run = new PfkeyRun(folder, "02090000000200000000000100000007");

        assertEquals(0, run.run("decode", "--byte-order", "big"));
        assertEquals("# line 1\nFLUSH UNSPEC seq 1 pid 7\n", run.out());
    }

    @Test
    void bytesThatAreNoMessageMakeTheExitCode1() {
        PfkeyRun run = new PfkeyRun(folder, FLUSH + "00\n" + FLUSH);

        assertEquals(1, run.run("decode", "--byte-order", "little"));
        assertTrue(run.out().contains("broken at byte"), run.out());
        assertTrue(run.out().endsWith("# line 2\nFLUSH UNSPEC seq 1 pid 4971\n"), run.out());
    }

    @Test
    void keysAreHiddenUnlessAskedFor() throws IOException {
        Path recorded =
                Path.of(
                        System.getProperty("pfkey.testdata"),
                        "wire/solaris/native-ipseckey-add-get-dump.txt");
        String requests = Files.readString(recorded).replaceAll("request (\\S+).*", "$1");
        PfkeyRun hidden = new PfkeyRun(folder, requests);
        PfkeyRun shown = new PfkeyRun(folder, requests);
        String[] solaris = {"decode", "--byte-order=little", "--dialect=solaris"};

        assertEquals(0, hidden.run(solaris));
        assertFalse(hidden.out().contains("be02938e7def2839"), hidden.out());
        assertEquals(0, shown.run(solaris[0], solaris[1], solaris[2], "--keys"));
        assertTrue(shown.out().contains("KEY_ENCRYPT 64 bits be02938e7def2839"), shown.out());
    }

    @ParameterizedTest
    @CsvSource({
        "2, --dialect etruscan, 'etruscan'",
        "2, --byte-order middle, neither little nor big",
        "2, --no-such-option, Unknown option",
        "1, absent.json, cannot read absent.json"
    })
    void wrongUsageIsTold(int exit, String args, String words) {
        PfkeyRun run = new PfkeyRun(folder, "");

        assertEquals(exit, run.run(("decode " + args).split(" ")));
        assertTrue(run.err().contains(words), run.err());
        assertEquals("", run.out());
    }

    @Test
    void lineThatIsNotHexIsNamed() {
        PfkeyRun run = new PfkeyRun(folder, FLUSH + "\nhello\n");

        assertEquals(1, run.run("decode"));
        assertEquals("pfkey: line 2 is not a row of hexadecimal bytes\n", run.err());
    }
}
