package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays every recorded run of the original. The cases that differ on purpose are listed with the
 * reason in {@code differs.txt}; a listed case that does not differ fails too, so that the list
 * stays true.
 */
final class RecordedCasesTest {

    private static final int RECORDED = 883;

    static List<RecordedCase> cases() throws IOException {
        return RecordedCase.all();
    }

    /** Reasons by name of case. */
    static Map<String, String> differing() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        for (String line : Files.readAllLines(RecordedCase.FOLDER.resolve("differs.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.split(" +", 2);
                reasons.put(words[0], words[1]);
            }
        }
        return reasons;
    }

    @Timeout(60)
    @ParameterizedTest
    @MethodSource("cases")
    void replays(RecordedCase recorded, @TempDir Path folder) throws Exception {
        List<String> differences = CaseRun.differences(recorded, folder);
        String reason = differing().get(recorded.name());
        if (reason == null) {
            assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
        } else {
            assertFalse(differences.isEmpty(), "listed as differing, and does not: " + reason);
        }
    }

    @Test
    void thereAreAllOfThem() throws IOException {
        assertEquals(RECORDED, cases().size());
    }

    @Test
    void everyDifferenceIsThatOfACase() throws IOException {
        TreeSet<String> listed = new TreeSet<>(differing().keySet());
        cases().forEach(recorded -> listed.remove(recorded.name()));
        assertTrue(listed.isEmpty(), listed.toString());
    }
}
