package org.keysock.tools.klips;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/** What {@code ipsec} says of itself. */
final class IpsecTest {

    private static final Pattern ROW = Pattern.compile("(?m)^  (\\w+) +\\S");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        return Ipsec.run(
                words,
                new Surroundings(
                        InputStream.nullInputStream(),
                        new Output(out),
                        new Output(err),
                        Map.of("PFKEY_DIR", "/nonexistent"),
                        Path.of(""),
                        false));
    }

    @Test
    void theHelpListsEverySubcommandThatThereIs() {
        assertEquals(0, run("--help"));
        TreeSet<String> listed = new TreeSet<>();
        Matcher row = ROW.matcher(out.toString(ISO_8859_1));
        while (row.find()) {
            listed.add(row.group(1));
            assertNotNull(Ipsec.command(row.group(1)), row.group(1));
        }
        assertTrue(listed.size() >= 6, listed.toString());
    }

    @Test
    void withoutWordsItHelps() {
        assertEquals(0, run());
        assertTrue(out.toString(ISO_8859_1).startsWith("usage: ipsec "));
    }

    @Test
    void theVersionIsOneLine() {
        assertEquals(0, run("--version"));
        assertEquals(1, out.toString(ISO_8859_1).lines().count());
    }

    @Test
    void theVersionCodeIsThatOfTheOriginal() {
        assertEquals(0, run("--versioncode"));
        assertEquals("U2.4.4/K2.4.4\n", out.toString(ISO_8859_1));
    }

    @Test
    void anotherWordIsRefused() {
        assertEquals(1, run("bogus"));
        assertTrue(err.toString(ISO_8859_1).contains("unknown IPsec command `bogus'"));
    }

    @Test
    void withoutAnEmulatorThereIsNoKlips() {
        assertEquals(1, run("klipsdebug", "--all"));
        assertEquals(
                "/usr/local/libexec/ipsec/klipsdebug: Trouble opening PF_KEY family socket with"
                        + " error: KLIPS not loaded or enabled.\n",
                err.toString(ISO_8859_1));
    }
}
