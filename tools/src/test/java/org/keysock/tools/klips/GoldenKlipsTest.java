package org.keysock.tools.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The transcripts of {@code testdata/cli/klips/golden} against a real emulator. With {@code
 * -Dgolden.update=true} they are written anew; look at what has changed before you keep it.
 */
@Timeout(60)
final class GoldenKlipsTest {

    @TempDir private Path home;

    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(Transcript.FOLDER)) {
            List<Path> found = files.sorted().toList();
            assertFalse(found.isEmpty());
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void isSeen(Path transcript) throws IOException {
        String played;
        try (EmulatedWorld world = new EmulatedWorld(home)) {
            played = Transcript.play(transcript, world);
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(transcript, played, StandardCharsets.ISO_8859_1);
        }
        assertEquals(Files.readString(transcript, StandardCharsets.ISO_8859_1), played);
    }

    @Test
    void asMuchIsRefusedAsIsAccepted() throws IOException {
        int refused = 0;
        int accepted = 0;
        for (Path transcript : transcripts()) {
            for (boolean step : Transcript.refusals(transcript)) {
                refused += step ? 1 : 0;
                accepted += step ? 0 : 1;
            }
        }
        System.out.println(accepted + " commands that are accepted, " + refused + " refused");
        assertTrue(refused >= accepted);
    }
}
