package org.keysock.kernel.spd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on an {@link Spd} and on plain lists: the answers must be the same. */
final class SpdAgainstListTest {

    private static final int[] PRIORITIES = {0, 1, 0x7fffffff, 0x80000000, 0x80000001, -1};

    private final Spd spd = new Spd();

    /** As they are asked among equals: replacing keeps the place. */
    private final List<Policy> asked = new ArrayList<>();

    /** As they came. */
    private final List<Policy> aged = new ArrayList<>();

    private final List<Ongoing> walks = new ArrayList<>();
    private Random random = new Random(0);
    private boolean nested;
    private int closeness;
    private int judged;

    /** A walk, and what it has to show still. */
    private record Ongoing(Spd.Walk walk, List<Policy> expected) {}

    /** Few policies come and go often; many lie over one another. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void sameAnswers(long seed) {
        random = new Random(seed);
        sameAnswers(seed % 2 == 0 ? 30 : 1500);
    }

    /**
     * All prefixes contain one pair of hosts; the closer is the stronger, the weaker, or neither.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8, 9})
    void sameAnswersAmongNestedPrefixes(long seed) {
        random = new Random(seed);
        nested = true;
        closeness = (int) seed - 8;
        sameAnswers(800);
    }

    private void sameAnswers(int most) {
        for (int step = 0; step < 12_000; step++) {
            int dice = random.nextInt(100);
            if (dice < (aged.size() >= most ? 15 : 40)) {
                put();
            } else if (dice < 55) {
                remove();
            } else if (dice < 90) {
                judge();
            } else {
                walk();
            }
        }
        assertTrue(judged > 500, "too few flows met a policy: " + judged);
        assertEquals(aged.size(), spd.size());
        while (!aged.isEmpty()) {
            remove();
            judge();
        }
        assertEquals(0, spd.size());
        for (Ongoing ongoing : walks) {
            assertNull(ongoing.walk().next());
        }
    }

    private PolicyDirection direction() {
        return PolicyDirection.values()[random.nextInt(3)];
    }

    private @Nullable Policy listed(PolicyDirection direction, Selector selector) {
        return asked.stream()
                .filter(each -> each.direction() == direction && each.selector().equals(selector))
                .findFirst()
                .orElse(null);
    }

    private Selector selector() {
        return aged.isEmpty() || random.nextInt(4) != 0
                ? nested ? Policies.nestedSelector(random) : Policies.crowdedSelector(random)
                : aged.get(random.nextInt(aged.size())).selector();
    }

    private void put() {
        PolicyDirection direction = direction();
        Selector selector = selector();
        int bits = selector.sourcePrefix() + selector.destinationPrefix();
        int priority =
                nested
                        ? 0x80000000 + closeness * bits
                        : PRIORITIES[random.nextInt(PRIORITIES.length)];
        Policy there = listed(direction, selector);
        boolean replace = random.nextBoolean();
        int id = replace && there != null ? there.id() : spd.nextId(direction);
        Policy policy = Policies.policy(id, direction, selector, priority);
        long generation = spd.generation();
        if (replace) {
            assertSame(there, spd.replace(policy));
        } else {
            assertEquals(there == null, spd.insert(policy));
        }
        if (there != null && !replace) {
            assertEquals(generation, spd.generation());
            return;
        }
        assertNotEquals(generation, spd.generation());
        if (there != null && there.priority() == priority) {
            asked.set(asked.indexOf(there), policy);
        } else {
            asked.remove(there);
            asked.add(policy);
        }
        gone(there);
        aged.add(policy);
    }

    private void remove() {
        if (!aged.isEmpty()) {
            Policy policy = aged.get(random.nextInt(aged.size()));
            long generation = spd.generation();
            spd.remove(policy);
            assertNotEquals(generation, spd.generation());
            asked.remove(policy);
            gone(policy);
        }
    }

    private void gone(@Nullable Policy policy) {
        aged.remove(policy);
        walks.forEach(each -> each.expected().remove(policy));
    }

    private void judge() {
        Flow flow = nested ? Policies.nestedFlow(random) : Policies.crowdedFlow(random);
        PolicyDirection direction = direction();
        Policy expected = null;
        for (Policy each : asked) {
            if (each.direction() == direction
                    && each.selector().matches(flow)
                    && (expected == null
                            || Integer.compareUnsigned(each.priority(), expected.priority()) < 0)) {
                expected = each;
            }
        }
        assertSame(expected, spd.judge(flow, direction), () -> flow + " " + direction);
        judged += expected == null ? 0 : 1;
        Selector selector = selector();
        assertSame(listed(direction, selector), spd.find(direction, selector));
        if (expected != null) {
            assertSame(expected, spd.find(expected.id()));
        }
    }

    private void walk() {
        if (walks.size() < 4) {
            List<Policy> expected = new ArrayList<>(spd.newestFirst());
            for (int index = 0; index < aged.size(); index++) {
                assertSame(aged.get(index), expected.get(aged.size() - 1 - index));
            }
            walks.add(new Ongoing(spd.walk(), expected));
            return;
        }
        Ongoing ongoing = walks.get(random.nextInt(walks.size()));
        Policy shown = ongoing.walk().next();
        assertSame(ongoing.expected().isEmpty() ? null : ongoing.expected().remove(0), shown);
        if (shown == null) {
            ongoing.walk().close();
            walks.remove(ongoing);
        }
    }
}
