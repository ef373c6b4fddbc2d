package org.keysock.kernel.sadb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.crypto.Vectors;

/** The window against the scenarios of RFC 4303, and against a set of all that was received. */
final class ReplayWindowTest {

    private static final BigInteger HALF = BigInteger.ONE.shiftLeft(32);
    private static final BigInteger END = BigInteger.ONE.shiftLeft(64);

    @Test
    void scenarios() {
        Vectors.run(
                "replay.json",
                0,
                scenario -> {
                    boolean extended = scenario.get("esn").getAsBoolean();
                    ReplayWindow window =
                            new ReplayWindow(
                                    scenario.get("window").getAsInt(),
                                    scenario.get("highest_before").getAsBigInteger().longValue());
                    int number = 0;
                    for (JsonElement element : scenario.getAsJsonArray("steps")) {
                        JsonObject step = element.getAsJsonObject();
                        String where = scenario.get("id").getAsString() + " step " + ++number;
                        int low = (int) step.get("seq_low").getAsLong();
                        long sequence =
                                extended ? window.extended(low) : Integer.toUnsignedLong(low);
                        if (!step.get("inferred_seq").isJsonNull()) {
                            assertEquals(
                                    step.get("inferred_seq").getAsBigInteger().longValue(),
                                    sequence,
                                    where);
                        }
                        boolean accepted = step.get("result").getAsString().equals("accept");
                        assertEquals(accepted, window.acceptable(sequence), where);
                        if (accepted) {
                            window.received(sequence);
                        }
                        assertEquals(
                                step.get("highest_after").getAsBigInteger().longValue(),
                                window.highest(),
                                where);
                    }
                    return "";
                });
    }

    @Test
    void inference() {
        Vectors.run(
                "esn-inference.json",
                0,
                row -> {
                    ReplayWindow window =
                            new ReplayWindow(
                                    row.get("window").getAsInt(),
                                    row.get("highest").getAsBigInteger().longValue());
                    long low = row.get("seq_low").getAsLong();
                    long sequence = window.extended((int) low);
                    if (row.get("valid").getAsBoolean()) {
                        assertEquals(
                                row.get("seq_high").getAsLong() << 32 | low, sequence, "" + row);
                    } else {
                        assertTrue(!window.acceptable(sequence), "" + row);
                    }
                    return "";
                });
    }

    /** All that was received, and nothing clever. */
    private static final class Model {
        private final int size;
        private final Set<BigInteger> received = new HashSet<>();
        private BigInteger highest;

        Model(int size, BigInteger highest) {
            this.size = size;
            this.highest = highest;
            received.add(highest);
        }

        boolean acceptable(BigInteger sequence) {
            return sequence.signum() > 0
                    && sequence.compareTo(END) < 0
                    && sequence.compareTo(highest.subtract(BigInteger.valueOf(size))) > 0
                    && !received.contains(sequence);
        }

        void received(BigInteger sequence) {
            received.add(sequence);
            highest = highest.max(sequence);
        }

        /** The number with these lower bits among the 2^32 from the bottom of the window on. */
        BigInteger extended(long low) {
            BigInteger bottom = highest.subtract(BigInteger.valueOf(size - 1));
            BigInteger number = bottom.subtract(bottom.mod(HALF)).add(BigInteger.valueOf(low));
            return number.compareTo(bottom) < 0 ? number.add(HALF) : number;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 63, 64, 65, 66, 127, 128, 129, 130, 1000, 4095, 4096})
    void againstASet(int size) {
        for (long seed = 1; seed <= 4; seed++) {
            walk(size, BigInteger.ZERO, seed);
            walk(size, HALF.subtract(BigInteger.valueOf(size + 40L)), seed);
            walk(size, END.subtract(BigInteger.valueOf(20_000)), seed);
            walk(size, BigInteger.ONE.shiftLeft(63).subtract(BigInteger.TEN), seed);
        }
    }

    private static void walk(int size, BigInteger start, long seed) {
        Random random = new Random(seed * 31 + size);
        ReplayWindow window = new ReplayWindow(size, start.longValue());
        Model model = new Model(size, start);
        int accepted = 0;
        for (int step = 0; step < 1500; step++) {
            String where = "size " + size + " from " + start + " seed " + seed + " step " + step;
            BigInteger sent = next(random, model);
            long low = sent.mod(HALF).longValue();
            BigInteger stands = model.extended(low);
            long sequence = window.extended((int) low);
            boolean good = model.acceptable(stands);
            assertEquals(good, window.acceptable(sequence), where);
            if (good) {
                assertEquals(stands.longValue(), sequence, where);
                accepted++;
                if (random.nextInt(8) > 0) { // else it was forged
                    window.received(sequence);
                    model.received(stands);
                }
            }
            assertEquals(model.highest.longValue(), window.highest(), where);
            assertEquals(bits(model), window.bits(), where);
        }
        assertTrue(accepted > 100, "too few were accepted: " + accepted);
    }

    private static BigInteger next(Random random, Model model) {
        int size = model.size;
        long offset =
                switch (random.nextInt(6)) {
                    case 0, 1 -> 1;
                    case 2 -> -random.nextInt(size + 3);
                    case 3 -> 1 + random.nextInt(3);
                    case 4 -> random.nextInt(20) == 0 ? random.nextInt(2 * size + 70) : 1;
                    default -> -size + random.nextInt(3) - 1;
                };
        return model.highest.add(BigInteger.valueOf(offset)).max(BigInteger.ZERO);
    }

    private static long bits(Model model) {
        long bits = 0;
        for (int i = 0; i < Math.min(64, model.size); i++) {
            BigInteger number = model.highest.subtract(BigInteger.valueOf(i));
            bits |= number.signum() > 0 && model.received.contains(number) ? 1L << i : 0;
        }
        return bits;
    }

    @Test
    void theLargestGapIsKept() {
        ReplayWindow window = new ReplayWindow(32);
        window.received(1);
        window.received(5);
        window.received(7);
        assertEquals(3, window.largestGap());
        window.received(6);
        assertEquals(3, window.largestGap());
    }

    @Test
    void aWindowHasOneTo4096() {
        assertThrows(IllegalArgumentException.class, () -> new ReplayWindow(0));
        assertThrows(IllegalArgumentException.class, () -> new ReplayWindow(4097));
    }
}
