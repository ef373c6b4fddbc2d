package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every error situation of solaris.md 4.14 is the subject of a case that is replayed, with its
 * phrase on the right stream and its exit code: {@code catalogue.txt}.
 */
final class CatalogueTest {

    /** A line of the table. */
    record Situation(boolean out, String exit, String name, String text, String phrase) {
        @Override
        public String toString() {
            return text + ": " + name;
        }
    }

    private static final Pattern ROW = Pattern.compile("(out|err) (\\d) (\\S+) +([^|]+) \\| (.+)");

    static List<Situation> situations() throws IOException {
        List<Situation> situations = new ArrayList<>();
        for (String line : Files.readAllLines(RecordedCase.FOLDER.resolve("catalogue.txt"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                situations.add(
                        new Situation(
                                row.group(1).equals("out"),
                                row.group(2),
                                row.group(3),
                                row.group(4),
                                row.group(5)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IOException("no row: " + line);
            }
        }
        return situations;
    }

    private static final Map<String, RecordedCase> RECORDED = new HashMap<>();

    @BeforeAll
    static void readRecorded() throws IOException {
        RecordedCase.all().forEach(each -> RECORDED.put(each.name(), each));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void isShown(Situation situation) throws IOException {
        String name = situation.name();
        if (name.endsWith(".case")) {
            GoldenCase golden =
                    GoldenCase.read(RecordedCase.FOLDER.resolve("manual").resolve(name));
            String mark = situation.out() ? "| " : "! ";
            assertTrue(
                    golden.steps().stream()
                            .anyMatch(
                                    step ->
                                            step.output().contains("= " + situation.exit())
                                                    && step.output().stream()
                                                            .anyMatch(shows(mark, situation))));
            return;
        }
        RecordedCase recorded = RECORDED.get(name);
        assertNotNull(recorded);
        assertFalse(RecordedCasesTest.differing().containsKey(name), "ours differs");
        String shown = recorded.text(situation.out() ? "stdout" : "stderr");
        assertTrue(shown.contains(situation.phrase()), shown);
        assertTrue(recorded.text("exit").equals(situation.exit()), recorded.text("exit"));
    }

    private static Predicate<String> shows(String mark, Situation situation) {
        return line -> line.startsWith(mark) && line.contains(situation.phrase());
    }
}
