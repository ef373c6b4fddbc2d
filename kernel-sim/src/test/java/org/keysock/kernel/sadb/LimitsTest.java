package org.keysock.kernel.sadb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

final class LimitsTest {

    private final SecurityAssociation sa =
            Samples.bare(SaType.ESP, 1, Samples.four(1), Direction.OUTBOUND);

    private static Lifetime times(long addTime, long useTime) {
        return new Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, addTime, useTime);
    }

    private static Lifetime counts(int allocations, long bytes) {
        return new Lifetime(ExtensionType.LIFETIME_HARD, allocations, bytes, 0, 0);
    }

    private void limits(@Nullable Lifetime hard, @Nullable Lifetime soft, @Nullable Lifetime idle) {
        sa.limits(hard, soft, idle);
    }

    @Test
    void withoutLimitsNothingIsEverReached() {
        assertEquals(Limits.NEVER, Limits.nextMillis(sa));
        limits(times(0, 0), times(0, 0), times(0, 0));
        assertEquals(Limits.NEVER, Limits.nextMillis(sa));
        assertEquals(Limits.NEVER, Limits.idleMillis(sa, 0));
        assertNull(Limits.reachedByTime(sa, Long.MAX_VALUE - 1));
        assertNull(Limits.reachedByUse(sa, -1, Long.MAX_VALUE));
    }

    @Test
    void softComesOnceAndHardAtItsMillisecond() {
        limits(times(4, 0), times(2, 0), null);
        assertEquals(2000, Limits.nextMillis(sa));
        assertNull(Limits.reachedByTime(sa, 1999));
        assertEquals(ExtensionType.LIFETIME_SOFT, Limits.reachedByTime(sa, 2000));
        sa.state(SaState.DYING);
        assertEquals(4000, Limits.nextMillis(sa));
        assertNull(Limits.reachedByTime(sa, 3999));
        assertEquals(ExtensionType.LIFETIME_HARD, Limits.reachedByTime(sa, 4000));
    }

    @Test
    void hardGoesBeforeSoft() {
        limits(times(3, 0), times(3, 0), null);
        assertEquals(ExtensionType.LIFETIME_HARD, Limits.reachedByTime(sa, 3000));
        limits(counts(0, 10), counts(0, 10), null);
        assertEquals(ExtensionType.LIFETIME_HARD, Limits.reachedByUse(sa, 10, 0));
    }

    @Test
    void useTimeCountsFromTheFirstPacket() {
        limits(times(100, 3), times(0, 1), null);
        assertEquals(100_000, Limits.nextMillis(sa));
        sa.ownUse().charge(10, 1, 1_230_000_007L, 7500);
        sa.ownUse().charge(10, 1, 1_230_000_008L, 8400);
        assertEquals(8500, Limits.softMillis(sa));
        assertEquals(10_500, Limits.hardMillis(sa));
        assertEquals(8500, Limits.nextMillis(sa));
    }

    @Test
    void idleIsTheSmallerPeriodFromTheLastSign() {
        limits(null, null, times(20, 5));
        assertEquals(5000, Limits.idleMillis(sa, 0));
        sa.ownUse().charge(1, 1, 1_230_000_003L, 3000);
        assertEquals(8000, Limits.idleMillis(sa, 0));
        assertEquals(9000, Limits.idleMillis(sa, 4000));
    }

    @Test
    void countsAreUnsigned() {
        limits(counts(-1, Long.MIN_VALUE), counts(5, 100), null);
        assertNull(Limits.reachedByUse(sa, 99, 4));
        assertEquals(ExtensionType.LIFETIME_SOFT, Limits.reachedByUse(sa, 100, 0));
        assertEquals(ExtensionType.LIFETIME_SOFT, Limits.reachedByUse(sa, 0, 5));
        assertEquals(ExtensionType.LIFETIME_SOFT, Limits.reachedByUse(sa, Long.MAX_VALUE, 0));
        assertEquals(ExtensionType.LIFETIME_HARD, Limits.reachedByUse(sa, Long.MIN_VALUE, 0));
        assertEquals(ExtensionType.LIFETIME_HARD, Limits.reachedByUse(sa, 0, 0xffff_ffffL));
    }

    @Test
    void limitsBeyondAllTimeAreNone() {
        limits(times(-1, 0), times(Long.MAX_VALUE / 1000 + 1, 0), null);
        assertEquals(Limits.NEVER, Limits.nextMillis(sa));
    }

    @Test
    void belowCarefreeTotalsNothingIsReached() {
        assertEquals(-1L, Limits.carefreeBytes(sa), "unsigned");
        assertEquals(Limits.NEVER, Limits.carefreePackets(sa));
        limits(counts(0, Long.MIN_VALUE), counts(7, 500), null);
        assertEquals(500, Limits.carefreeBytes(sa));
        assertEquals(7, Limits.carefreePackets(sa));
        assertNull(Limits.reachedByUse(sa, 499, 6));
        assertEquals(ExtensionType.LIFETIME_SOFT, Limits.reachedByUse(sa, 500, 6));
        sa.state(SaState.DYING);
        assertEquals(Long.MIN_VALUE, Limits.carefreeBytes(sa));
        assertEquals(Limits.NEVER, Limits.carefreePackets(sa));
        limits(counts(-1, 0), null, null);
        assertEquals(0xffff_ffffL, Limits.carefreePackets(sa));
    }
}
