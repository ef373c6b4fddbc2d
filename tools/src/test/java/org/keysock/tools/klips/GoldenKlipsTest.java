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

    private static final int ACCEPTANCE_CASES = 12;
    private static final int SAMPLES = 9;

    /** A8: whether each field of a line is there, which {@code SpiLineTest} of the kernel sees. */
    private static final int FIELD_CONDITIONS = 8;

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

    /** Klips.md 6.5 and 7: where each is, {@code testdata/README.md} tells. */
    @Test
    void noAcceptanceCaseIsMissing() throws IOException {
        List<String> names = transcripts().stream().map(each -> "-" + each.getFileName()).toList();
        for (int number = 1; number <= ACCEPTANCE_CASES; number++) {
            String name = "-a" + number + "-";
            boolean there = names.stream().anyMatch(each -> each.contains(name));
            assertTrue(there || number == FIELD_CONDITIONS, "A" + number);
        }
        for (int number = 1; number <= SAMPLES; number++) {
            for (String form : List.of(".kernel", ".manual")) {
                Path file = Transcript.FOLDER.resolveSibling("tables/s" + number + form);
                assertTrue(Files.exists(file), file.toString());
            }
        }
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
