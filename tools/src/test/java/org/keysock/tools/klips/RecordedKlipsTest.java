package org.keysock.tools.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Replays every recorded run of the originals, Openswan 2.4.4. The runs that differ on purpose are
 * listed with the reason in {@code differs.txt}; a listed one that does not differ fails too, so
 * that the list stays true.
 */
final class RecordedKlipsTest {

    private static final int RECORDED = 730;
    private static final int TABLES = 14;
    private static final int LAST_ERRNO = 133;

    /** Those of tools that there are. */
    static List<RecordedRun> runs() throws IOException {
        List<RecordedRun> runs = new ArrayList<>(RecordedRun.all());
        runs.removeIf(run -> Ipsec.command(run.argv().get(0)) == null);
        return runs;
    }

    static List<JsonObject> tables() throws IOException {
        List<JsonObject> tables = new ArrayList<>(RecordedRun.errnoTables());
        tables.removeIf(table -> Ipsec.command(argv(table).get(0)) == null);
        return tables;
    }

    private static List<String> argv(JsonObject table) {
        return RecordedRun.strings(table.getAsJsonArray("argv"));
    }

    /** Reasons by name of the run. */
    static Map<String, String> differing() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        for (String line : Files.readAllLines(RecordedRun.FOLDER.resolve("differs.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.split(" +", 2);
                reasons.put(words[0], words[1]);
            }
        }
        return reasons;
    }

    @Timeout(60)
    @ParameterizedTest
    @MethodSource("runs")
    void replays(RecordedRun recorded, @TempDir Path folder) throws IOException {
        List<String> differences = Replay.differences(recorded, folder);
        String reason = differing().get(recorded.name());
        if (reason == null) {
            assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
        } else {
            assertFalse(differences.isEmpty(), "listed as differing, and does not: " + reason);
        }
    }

    /** An errno that is in neither list was left out of the recording. */
    @ParameterizedTest
    @MethodSource("tables")
    void saysTheSameToEveryErrno(JsonObject table, @TempDir Path folder) {
        JsonObject own = table.getAsJsonObject("stderr_by_errno");
        boolean write = table.get("fails").getAsString().equals("write");
        int compared = 0;
        for (int errno = 1; errno <= LAST_ERRNO; errno++) {
            String number = Integer.toString(errno);
            String wanted =
                    own.has(number) ? own.get(number).getAsString() : otherwise(table, errno);
            if (!wanted.isEmpty()) {
                JsonObject given = new JsonObject();
                if (write) {
                    JsonArray script = new JsonArray();
                    script.add(errno);
                    given.add("write_script", script);
                } else {
                    given.addProperty("socket_errno", errno);
                }
                wanted += table.get("exit").getAsString();
                assertEquals(wanted, Replay.failure(argv(table), given, folder));
                compared++;
            }
        }
        assertTrue(compared > LAST_ERRNO / 2, compared + " compared");
    }

    private static String otherwise(JsonObject table, int errno) {
        String text = table.get("stderr_otherwise").getAsString();
        String number = Integer.toString(errno);
        if (errno % 3 == 0) {
            return "";
        }
        JsonObject names = table.getAsJsonObject("strerror");
        String name = names == null || !names.has(number) ? "" : names.get(number).getAsString();
        return text.replace("{errno}", number).replace("{strerror}", name);
    }

    @Test
    void thereAreAllOfThem() throws IOException {
        assertEquals(RECORDED, RecordedRun.all().size());
        assertEquals(TABLES, RecordedRun.errnoTables().size());
        int ran = runs().size();
        long differ = runs().stream().filter(run -> differs(run)).count();
        System.out.printf(
                "recorded KLIPS runs: %d of %d run, %d equal, %d differ on purpose; %d of %d"
                        + " tables of errno texts%n",
                ran, RECORDED, ran - differ, differ, tables().size(), TABLES);
    }

    private static boolean differs(RecordedRun run) {
        try {
            return differing().containsKey(run.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyDifferenceIsThatOfARun() throws IOException {
        TreeSet<String> listed = new TreeSet<>(differing().keySet());
        RecordedRun.all().forEach(recorded -> listed.remove(recorded.name()));
        assertTrue(listed.isEmpty(), listed.toString());
    }
}
