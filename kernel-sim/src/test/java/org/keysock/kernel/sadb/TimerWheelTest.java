package org.keysock.kernel.sadb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.SaType;

/** The wheel against a sorted list of deadlines. */
final class TimerWheelTest {

    private final TimerWheel wheel = new TimerWheel();

    private static SecurityAssociation sa(int spi) {
        return Samples.bare(SaType.ESP, spi, Samples.four(1), Direction.OUTBOUND);
    }

    /** A deadline, and the moment it is to be met: later when it had passed on being set. */
    private record Entry(SecurityAssociation sa, long at) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void deliversEachAtItsMomentAndInOrder(long seed) {
        Random random = new Random(seed);
        List<Entry> expected = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            int dice = random.nextInt(10);
            if (dice < 6) {
                long due = now - 5 + (random.nextLong() >>> (20 + random.nextInt(44)));
                SecurityAssociation sa = sa(step);
                wheel.add(sa, due);
                expected.add(new Entry(sa, Math.max(due, now)));
            } else if (dice < 8 && !expected.isEmpty()) {
                wheel.remove(expected.remove(random.nextInt(expected.size())).sa());
            } else {
                expected.sort(Comparator.comparingLong(Entry::at));
                now += random.nextLong() >>> (24 + random.nextInt(40));
                List<SecurityAssociation> due = new ArrayList<>();
                while (!expected.isEmpty() && expected.get(0).at() <= now) {
                    due.add(expected.remove(0).sa());
                }
                List<SecurityAssociation> delivered = new ArrayList<>();
                wheel.advance(now, delivered::add);
                assertEquals(due, delivered);
            }
            long earliest = expected.stream().mapToLong(Entry::at).min().orElse(Long.MAX_VALUE);
            assertTrue(wheel.next() <= earliest);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 4095, 4096, 3_600_000, 1L << 42, Long.MAX_VALUE - 1})
    void sleepingUntilNextMeetsTheDeadlineInAFewSteps(long due) {
        SecurityAssociation sa = sa(1);
        List<SecurityAssociation> delivered = new ArrayList<>();
        wheel.advance(0, delivered::add);
        wheel.add(sa, due);
        int steps = 0;
        long now = 0;
        while (delivered.isEmpty()) {
            now = wheel.next();
            wheel.advance(now, delivered::add);
            steps++;
        }
        assertEquals(due, now);
        assertTrue(steps <= 11, "steps " + steps);
        assertEquals(Long.MAX_VALUE, wheel.next());
    }

    @Test
    void visitorMayChangeTheWheel() {
        SecurityAssociation first = sa(1);
        SecurityAssociation cancelled = sa(2);
        SecurityAssociation again = sa(3);
        wheel.add(first, 100);
        wheel.add(cancelled, 100);
        List<SecurityAssociation> delivered = new ArrayList<>();
        wheel.advance(
                5000,
                sa -> {
                    delivered.add(sa);
                    if (sa == first) {
                        wheel.remove(cancelled);
                        wheel.add(again, 300);
                        wheel.add(first, 5001);
                    }
                });
        assertEquals(List.of(first, again), delivered);
        assertTrue(wheel.next() <= 5001);
        delivered.clear();
        wheel.advance(5001, delivered::add);
        assertEquals(List.of(first), delivered);
    }

    @Test
    void laterPresentNeverLosesANearDeadline() {
        List<SecurityAssociation> delivered = new ArrayList<>();
        for (int spi = 0; spi < 5000; spi++) {
            wheel.add(sa(spi), spi * 7L);
        }
        for (long now = 0; now <= 5000 * 7L; now += 13) {
            wheel.advance(now, delivered::add);
            assertEquals(Math.min(5000, now / 7 + 1), delivered.size());
        }
    }
}
