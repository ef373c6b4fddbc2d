package org.keysock.kernel.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ClockTest {

    @Test
    void virtualTimeStandsUntilMoved() {
        VirtualClock clock = new VirtualClock(VirtualClock.DEFAULT_START);
        assertEquals(new Now(1_230_000_000L, 0), clock.now());
        clock.advance(999);
        assertEquals(new Now(1_230_000_000L, 999), clock.now());
        clock.advance(1);
        assertEquals(new Now(1_230_000_001L, 1000), clock.now());
        clock.advance(0);
        assertEquals(new Now(1_230_000_001L, 1000), clock.now());
    }

    @Test
    void virtualTimeDoesNotRunBackwards() {
        VirtualClock clock = new VirtualClock(0);
        assertThrows(IllegalArgumentException.class, () -> clock.advance(-1));
        clock.advance(Long.MAX_VALUE);
        assertThrows(ArithmeticException.class, () -> clock.advance(1));
    }

    @Test
    void systemTimeStartsNearZeroAndKeepsItsOrder() {
        SystemClock clock = new SystemClock();
        Now earlier = clock.now();
        Now later = clock.now();
        assertTrue(earlier.millis() >= 0);
        assertTrue(later.millis() >= earlier.millis());
        assertTrue(Math.abs(later.wallSeconds() - System.currentTimeMillis() / 1000) <= 1);
    }
}
