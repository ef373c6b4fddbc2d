package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Recorded requests with bytes changed, cut and swapped: nothing throws, everything is answered.
 */
class FuzzTest {

    private static final long SEED = 20081223;
    private static final int ROUNDS = 40_000;

    private final Random random = new Random(SEED);
    private final Kernel kernel = new Kernel();

    private static List<byte[]> recorded() throws IOException {
        List<byte[]> requests = new ArrayList<>();
        Path folder = Path.of(System.getProperty("pfkey.testdata"), "wire", "solaris");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ", -1);
                    if (words[0].equals("request") && words[1].length() >= 32) {
                        requests.add(HexFormat.of().parseHex(words[1]));
                    }
                }
            }
        }
        return requests;
    }

    @Test
    void everythingIsAnsweredAndNothingThrows() throws IOException {
        List<byte[]> requests = recorded();
        assertFalse(requests.isEmpty());
        int carriedOut = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] record = requests.get(random.nextInt(requests.size())).clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                record[random.nextInt(record.length)] = (byte) random.nextInt(32);
            }
            String what = "seed " + SEED + ", round " + round;
            Reading reading = Wire.read(record);
            List<SadbMessage> answers = kernel.harness.ask(kernel.client, reading);
            assertTrue(mayBeSilent(reading) || !answers.isEmpty(), what);
            for (SadbMessage answer : answers) {
                assertTrue(Wire.bytes(answer).length >= 16, what);
            }
            carriedOut += reading instanceof Reading.Whole ? 1 : 0;
            kernel.bystanderHears();
            if (random.nextInt(100) == 0) {
                kernel.harness.advance(random.nextInt(1000));
                kernel.harness.heard(kernel.client);
            }
        }
        assertTrue(carriedOut > ROUNDS / 4, "too few well-formed: " + carriedOut);
        dumpShowsAll();
    }

    private static boolean mayBeSilent(Reading reading) {
        return reading instanceof Reading.Broken broken
                ? broken.fault().silent()
                : ((Reading.Whole) reading).message().type() == MessageType.ACQUIRE;
    }

    private void dumpShowsAll() {
        Sadb sadb = kernel.harness.engine().sadb();
        List<SadbMessage> dumped =
                kernel.harness.ask(
                        kernel.client, Ask.of(MessageType.DUMP, SaType.UNSPEC).message());
        assertEquals(sadb.size() + 1, dumped.size());
    }
}
