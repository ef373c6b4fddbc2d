package org.keysock.tools.setkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the native setkey wrote to its sockets, we write: byte for byte but for the pid. */
@Timeout(60)
final class RecordedWireTest {

    private static final Path FOLDER = Transcript.FOLDER.resolve("recorded");
    private static final String HERE = " <<< '";

    /** The native program finds the first of the SAs that {@code deleteall} is about, we all. */
    private static final String DELETEALL = "setkey-deleteall-flush";

    @TempDir private Path home;

    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @BeforeEach
    void beQuick() {
        System.setProperty("pfkey.setkey.patience", "20000");
        System.clearProperty("pfkey.hosts");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void requestsAreTheSame(Path file) throws Exception {
        JsonObject recorded = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        List<String> wanted = new ArrayList<>();
        List<Integer> errnos = new ArrayList<>();
        recorded.getAsJsonArray("messages")
                .forEach(
                        element -> {
                            JsonObject message = element.getAsJsonObject();
                            String hex = message.get("hex").getAsString();
                            wanted.add(hex.substring(0, 24) + "00000000" + hex.substring(32));
                            errnos.add(message.get("expect_errno").getAsInt());
                        });
        if (recorded.get("case").getAsString().equals(DELETEALL)) {
            int delete = 6;
            String second = wanted.get(delete).replace("0200010000000601", "0200010000000602");
            assertTrue(!second.equals(wanted.get(delete)));
            wanted.add(delete + 1, second);
            errnos.add(delete + 1, 0);
        }
        RecordingKernel kernel = new RecordingKernel(home.resolve("linux.stream"), errnos::get);
        recorded.getAsJsonArray("commands").forEach(command -> run(command.getAsString()));
        assertEquals(String.join("\n", wanted), String.join("\n", kernel.heard()));
    }

    /** Runs a line of the recording's shell, if it is about us. */
    private void run(String line) {
        int name = line.indexOf("setkey ");
        if (name < 0) {
            return;
        }
        int here = line.indexOf(HERE);
        String input = here < 0 ? "" : line.substring(here + HERE.length(), line.length() - 1);
        String words = line.substring(name + "setkey ".length(), here < 0 ? line.length() : here);
        new Shell(home, home).run(input, words.replace(" &", "").split(" "));
    }

    @Test
    void thereAreAllOfThem() throws IOException {
        assertEquals(8, recordings().size());
    }
}
