package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Physical lines to commands, commands to words: solaris.md 4.4. */
final class LinesTest {

    private static LineReader reader(String text) {
        return new LineReader(
                new StreamSource(new ByteArrayInputStream(RecordedCase.latin1(text))));
    }

    @Test
    void aBackslashAtTheVeryEndJoins() throws Exception {
        LineReader lines = reader("flush\\\nah\nflush \\ \nesp\n");
        assertEquals("flush \nah\n", lines.next());
        assertEquals(2, lines.lineNumber());
        assertEquals("flush \\ \n", lines.next());
        assertEquals("esp\n", lines.next());
        assertNull(lines.next());
    }

    @Test
    void whatWaitsForMoreAtTheEndIsDropped() throws Exception {
        assertNull(reader("flush \\\n").next());
        assertEquals("flush \\", reader("flush \\").next());
    }

    @Test
    void tooLongLinesAreTold() throws Exception {
        LineReader lines = reader(" ".repeat(5000) + "\nflush\n");
        assertThrows(LineReader.TooLong.class, lines::next);
        assertEquals("flush\n", lines.next());
    }

    @Test
    void quotesProtectBlanks() {
        assertEquals(List.of("a b ", "c"), Words.of("\" a b \" c"));
        assertEquals(List.of("a"), Words.of("\"a\"b"));
        assertEquals(List.of("x\"a b", "c"), Words.of("x\"a b\" c"));
        assertEquals(List.of(), Words.of("\"\" \t\r\n"));
        assertEquals(List.of("a\n"), Words.of("\"a\n"));
    }
}
