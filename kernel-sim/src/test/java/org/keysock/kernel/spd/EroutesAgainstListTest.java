package org.keysock.kernel.spd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Spi;

/** The most specific of random eroutes, found in the database and in a plain list. */
class EroutesAgainstListTest {

    private static final Comparator<Selector> MOST_SPECIFIC =
            Comparator.comparingInt(Selector::sourcePrefix)
                    .thenComparingInt(Selector::destinationPrefix)
                    .thenComparing(selector -> selector.protocol() != 0)
                    .thenComparing(selector -> selector.sourcePort() != 0)
                    .thenComparing(selector -> selector.destinationPort() != 0);

    private final Spd spd = new Spd();
    private final List<Policy> listed = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void theMostSpecificIsAsked(long seed) {
        Random random = new Random(seed);
        int met = 0;
        for (int step = 0; step < 4000; step++) {
            if (listed.size() < 200 && random.nextInt(3) != 0) {
                add(random);
            } else if (!listed.isEmpty() && random.nextInt(4) == 0) {
                spd.remove(listed.remove(random.nextInt(listed.size())));
            }
            Flow flow = new Flow(address(random), address(random), 6, port(random), port(random));
            Policy expected = best(flow);
            assertSame(expected, spd.judge(flow, PolicyDirection.OUT), () -> "seed " + seed);
            met += expected == null ? 0 : 1;
        }
        assertTrue(met > 1000, "too few met: " + met);
        assertEquals(listed.size(), spd.size());
    }

    private @Nullable Policy best(Flow flow) {
        return listed.stream()
                .filter(policy -> policy.selector().matches(flow))
                .max(Comparator.comparing(Policy::selector, MOST_SPECIFIC))
                .orElse(null);
    }

    private void add(Random random) {
        int source = prefix(random);
        int destination = prefix(random);
        Selector selector =
                new Selector(
                        masked(address(random), source),
                        source,
                        masked(address(random), destination),
                        destination,
                        random.nextBoolean() ? 6 : 0,
                        random.nextInt(3) == 0 ? port(random) : 0,
                        random.nextInt(3) == 0 ? port(random) : 0);
        Eroute eroute =
                new Eroute(
                        new Said(SaType.ESP, new Spi(0x1000), Ipv4Address.of(1, 2, 3, 4)),
                        null,
                        null);
        Policy policy =
                new Policy(
                        DialectName.KLIPS,
                        spd.nextId(PolicyDirection.OUT),
                        PolicyDirection.OUT,
                        selector,
                        eroute.action(),
                        Eroute.priority(selector),
                        List.of(),
                        null,
                        null,
                        null,
                        eroute,
                        0,
                        0);
        boolean free = listed.stream().noneMatch(each -> each.selector().equals(selector));
        assertEquals(free, spd.insert(policy));
        if (free) {
            listed.add(policy);
        }
    }

    /** Few bits differ, so that eroutes lie over one another. */
    private static Ipv4Address address(Random random) {
        return Ipv4Address.of(10, random.nextInt(2), random.nextInt(2), random.nextInt(3));
    }

    private static Ipv4Address masked(Ipv4Address address, int prefix) {
        return new Ipv4Address(prefix == 0 ? 0 : address.bits() & -1 << (32 - prefix));
    }

    private static int prefix(Random random) {
        int[] prefixes = {0, 8, 16, 24, 31, 32};
        return prefixes[random.nextInt(prefixes.length)];
    }

    private static int port(Random random) {
        return 80 + random.nextInt(2);
    }
}
