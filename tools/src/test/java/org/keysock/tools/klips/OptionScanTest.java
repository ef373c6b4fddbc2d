package org.keysock.tools.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The option library: klips.md 5.2, and what the recorded runs do not show of glibc 2.36. */
final class OptionScanTest {

    private enum Letter implements LongOption {
        ALPHA("alpha="),
        ALPHABET("alphabet"),
        BETA("beta"),
        GAMMA("gamma=");

        private final String spelling;

        Letter(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    private static String scan(String... words) throws OptionScan.BadOption {
        OptionScan<Letter> scan = new OptionScan<>("x", Letter.values(), List.of(words));
        StringBuilder found = new StringBuilder();
        for (Letter letter = scan.next(); letter != null; letter = scan.next()) {
            found.append(letter.word());
            found.append(letter.valued() ? "=" + scan.value() : "").append(' ');
        }
        return found.toString().strip();
    }

    @ParameterizedTest
    @CsvSource({
        "--alpha 1 --beta, alpha=1 beta",
        "--alpha=1, alpha=1",
        "--alpha=, alpha=",
        "--alpha --beta, alpha=--beta",
        "--alpha -- --beta, alpha=-- beta",
        "--alpha=a=b, alpha=a=b",
        "--b, beta",
        "--alphab, alphabet",
        "--g x, gamma=x",
        "word --beta - word, beta",
        "--beta -- --beta, beta",
    })
    void finds(String line, String found) throws OptionScan.BadOption {
        assertEquals(found, scan(line.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--delta|x: unrecognized option '--delta'",
                "--delta=1|x: unrecognized option '--delta=1'",
                "--al|x: option '--al' is ambiguous; possibilities: '--alpha' '--alphabet'",
                "--al=1|x: option '--al=1' is ambiguous; possibilities: '--alpha' '--alphabet'",
                "--alpha|x: option '--alpha' requires an argument",
                "--gam|x: option '--gamma' requires an argument",
                "--b=1|x: option '--beta' doesn't allow an argument",
                "-a|x: invalid option -- 'a'",
                "-ab|x: invalid option -- 'a'",
                "---beta|x: unrecognized option '---beta'",
                "--=1|x: option '--=1' is ambiguous; possibilities: '--alpha' '--alphabet' '--beta'"
                        + " '--gamma'",
            })
    void refuses(String word, String text) {
        Exception refusal = assertThrows(OptionScan.BadOption.class, () -> scan(word));
        assertEquals(text, refusal.getMessage());
    }

    @Test
    void wordsOfFilesComeNext() throws OptionScan.BadOption {
        OptionScan<Letter> scan =
                new OptionScan<>("x", Letter.values(), List.of("--gamma", "file", "--beta"));
        assertEquals(Letter.GAMMA, scan.next());
        scan.insert(List.of("--alpha", "1"));
        assertEquals(Letter.ALPHA, scan.next());
        assertEquals("1", scan.value());
        assertEquals(Letter.BETA, scan.next());
    }

    /** A key behind an option's misspelt name does not get into the error. */
    @Test
    void keysAreNotRepeated() {
        String key = "0x66300123456789abcdef0123456789abcdef0123456797ce";
        for (String word : List.of("--enkey=" + key, "--al=" + key)) {
            Exception refusal = assertThrows(OptionScan.BadOption.class, () -> scan(word));
            assertFalse(refusal.toString().contains("6630"), refusal.toString());
        }
    }
}
