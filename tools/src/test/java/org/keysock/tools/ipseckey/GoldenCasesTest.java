package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples and statements of the manual page and the cases of the native test programs
 * (solaris.md section 6), as files in {@code testdata/cli/ipseckey/manual}. With {@code
 * -Dgolden.update=true} the files are written anew from what is seen; read the difference then.
 */
@Timeout(120)
final class GoldenCasesTest {

    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    /** What a case shows when something is refused; exit code 2 is that of an interrupt. */
    private static final Pattern REFUSAL =
            Pattern.compile(
                    "= [13-9].*|.*(Diagnostic code|does not exist|already exists\\.|Unknown"
                        + " |Expecting|is not a bit|not a hex|too big for|Can only|Don't use|Must"
                        + " |Cannot|Need |errno |out of range|expecting).*");

    static List<GoldenCase> cases() throws IOException {
        return GoldenCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isAsWritten(GoldenCase golden, @TempDir Path home) throws Exception {
        List<List<String>> outputs = new ArrayList<>();
        try (ToldReasons reasons = new ToldReasons()) {
            try (GoldenRun run = new GoldenRun(home)) {
                for (GoldenCase.Step step : golden.steps()) {
                    outputs.add(run.output(step));
                }
            }
            assertEquals(List.of(), reasons.vague());
            boolean diagnosed =
                    outputs.stream()
                            .flatMap(List::stream)
                            .anyMatch(line -> line.contains("Diagnostic code"));
            assertTrue(!diagnosed || reasons.count() > 0, "the kernel tells people why");
        }
        String seen = golden.text(outputs);
        if (UPDATE) {
            Files.writeString(golden.file(), seen, StandardCharsets.ISO_8859_1);
        } else {
            assertEquals(golden.text(), seen);
        }
        boolean refuses =
                outputs.stream()
                        .flatMap(List::stream)
                        .anyMatch(line -> REFUSAL.matcher(line).matches());
        assertEquals(golden.refused(), refuses, "refused or accepted, as the first line says");
    }

    @Test
    void thereAreAllOfThem() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String number : numbers()) {
            if (cases().stream().noneMatch(golden -> golden.toString().startsWith(number))) {
                missing.add(number);
            }
        }
        assertEquals(List.of(), missing);
    }

    private static List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        for (int at = 1; at <= 42; at++) {
            String two = (at < 10 ? "0" : "") + at;
            numbers.add("T" + two);
            if (at <= 12) {
                numbers.add("E" + two);
                numbers.add("K" + two);
            }
        }
        return numbers;
    }

    @Test
    void asManyAreRefusedAsAccepted() throws IOException {
        long all = cases().size();
        long refused = cases().stream().filter(GoldenCase::refused).count();
        System.out.println(
                "golden cases: " + (all - refused) + " accepted, " + refused + " refused");
        assertTrue(2 * refused >= all, refused + " of " + all);
    }
}
