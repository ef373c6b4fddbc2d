package org.keysock.kernel.spd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.spd.PolicyDirection.FORWARD;
import static org.keysock.kernel.spd.PolicyDirection.IN;
import static org.keysock.kernel.spd.PolicyDirection.OUT;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;

/** What {@link Spd} promises, case by case; {@link SpdAgainstListTest} does it at random. */
final class SpdTest {

    private static final Ipv4Address HERE = Ipv4Address.of(10, 1, 0, 1);
    private static final Ipv4Address THERE = Ipv4Address.of(10, 2, 0, 1);
    private static final Flow FLOW = new Flow(HERE, THERE, 6, 1024, 80);

    private final Spd spd = new Spd();

    private Policy add(int sourcePrefix, int priority) {
        Policy policy = made(sourcePrefix, priority, null);
        assertTrue(spd.insert(policy));
        return policy;
    }

    private Policy made(int sourcePrefix, int priority, @Nullable Lifetime hard) {
        return Policies.policy(
                spd.nextId(OUT),
                OUT,
                Policies.between(HERE, sourcePrefix, THERE, 24),
                priority,
                List.of(),
                hard);
    }

    private static Lifetime hard(long addTime, long useTime) {
        return new Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, addTime, useTime);
    }

    /** Those of rfc2367-linux-kame.md section 8.13. */
    @Test
    void numbersStepByEightAndTellTheDirection() {
        assertEquals(1, spd.nextId(OUT));
        assertEquals(9, spd.nextId(OUT));
        assertEquals(17, spd.nextId(OUT));
        assertEquals(24, spd.nextId(IN));
        assertEquals(32, spd.nextId(IN));
        assertEquals(42, spd.nextId(FORWARD));
    }

    @Test
    void zeroIsNoNumberAndNumbersInUseArePassedOver() {
        Policy first = Policies.policy(spd.nextId(IN), IN, Policies.between(HERE, 0, THERE, 0), 0);
        assertEquals(8, first.id());
        assertTrue(spd.insert(first));
        assertEquals(16, spd.nextId(IN));
    }

    @Test
    void lowestPriorityValueJudgesAndOfEqualsTheOldest() {
        Policy old = add(16, 0x80000000);
        Policy closer = add(24, 0x80000000);
        assertSame(old, spd.judge(FLOW, OUT));
        Policy stronger = add(8, 0x7fffffff);
        assertSame(stronger, spd.judge(FLOW, OUT));
        spd.remove(stronger);
        spd.remove(old);
        assertSame(closer, spd.judge(FLOW, OUT));
        assertNull(spd.judge(FLOW, IN));
    }

    @Test
    void replacingKeepsTheRankOnlyWithThePriority() {
        Policy old = add(16, 5);
        Policy other = add(24, 5);
        Policy same = Policies.policy(old.id(), OUT, old.selector(), 5);
        assertSame(old, spd.replace(same));
        assertSame(same, spd.judge(FLOW, OUT));
        assertEquals(List.of(same, other), spd.newestFirst());
        assertSame(same, spd.replace(Policies.policy(old.id(), OUT, old.selector(), 6)));
        Policy back = Policies.policy(old.id(), OUT, old.selector(), 5);
        spd.replace(back);
        assertSame(other, spd.judge(FLOW, OUT));
        assertEquals(2, spd.size());
    }

    @Test
    void samePrefixWithOtherBitsBehindItIsAnotherPolicy() {
        Policy first = add(16, 0);
        Selector selector = Policies.between(Ipv4Address.of(10, 1, 9, 9), 16, THERE, 24);
        Policy twin = Policies.policy(spd.nextId(OUT), OUT, selector, 0);
        assertTrue(spd.insert(twin));
        assertSame(first, spd.judge(FLOW, OUT));
        spd.remove(first);
        assertSame(twin, spd.judge(FLOW, OUT));
    }

    @Test
    void mistakesOfTheCallerAreTold() {
        Policy policy = add(16, 0);
        assertFalse(spd.insert(made(16, 1, null)));
        assertThrows(IllegalStateException.class, () -> spd.insert(policy));
        assertThrows(IllegalStateException.class, () -> spd.replace(policy));
        Policy namesake = Policies.policy(policy.id(), OUT, Policies.between(HERE, 1, HERE, 1), 0);
        assertThrows(IllegalStateException.class, () -> spd.insert(namesake));
        assertThrows(IllegalStateException.class, () -> spd.remove(namesake));
        assertEquals(1, spd.size());
    }

    @Test
    void addTimeCountsFromTheMaking() {
        Policy policy = made(16, 0, hard(10, 0));
        spd.insert(policy);
        policy.used(1_230_000_009L, 9_000);
        assertEquals(10_000, spd.nextDue());
        assertEquals(List.of(), due(9_999));
        assertEquals(List.of(policy), due(10_000));
        assertEquals(Long.MAX_VALUE, spd.nextDue());
    }

    @Test
    void useTimeCountsFromTheLastUse() {
        Policy policy = made(16, 0, hard(100, 10));
        spd.insert(policy);
        policy.used(1_230_000_004L, 4_000);
        policy.used(1_230_000_006L, 6_500);
        assertEquals(1_230_000_004L, policy.firstUse());
        assertEquals(1_230_000_006L, policy.lastUse());
        assertEquals(List.of(), due(10_000));
        assertEquals(16_500, spd.nextDue());
        assertEquals(List.of(policy), due(20_000));
    }

    @Test
    void removedPoliciesAreNeverDue() {
        Policy policy = made(16, 0, hard(10, 0));
        spd.insert(policy);
        spd.replace(Policies.policy(policy.id(), OUT, policy.selector(), 0));
        assertEquals(Long.MAX_VALUE, spd.nextDue());
        assertEquals(List.of(), due(50_000));
    }

    private List<Policy> due(long nowMillis) {
        List<Policy> handed = new ArrayList<>();
        spd.due(nowMillis, handed::add);
        return handed;
    }
}
