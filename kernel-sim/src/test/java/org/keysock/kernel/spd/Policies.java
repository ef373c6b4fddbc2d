package org.keysock.kernel.spd;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/** Policies, selectors and flows for tests and benchmarks. */
public final class Policies {

    private Policies() {}

    /** A policy made at moment 0. */
    public static Policy policy(
            int id, PolicyDirection direction, Selector selector, int priority) {
        return policy(id, direction, selector, priority, List.of(), null);
    }

    /** A policy made at moment 0, which asks for these SAs if there are any. */
    public static Policy policy(
            int id,
            PolicyDirection direction,
            Selector selector,
            int priority,
            List<Template> templates,
            @Nullable Lifetime hard) {
        return new Policy(
                DialectName.LINUX,
                id,
                direction,
                selector,
                templates.isEmpty() ? Action.DISCARD : Action.IPSEC,
                priority,
                templates,
                hard,
                null,
                null,
                1_230_000_000L,
                0);
    }

    /** All packets between two networks. */
    public static Selector between(
            IpAddress source, int sourcePrefix, IpAddress destination, int destinationPrefix) {
        return new Selector(source, sourcePrefix, destination, destinationPrefix, 0, 0, 0);
    }

    /**
     * An address of few: near its neighbours, so that prefixes of any length overlap.
     *
     * @param six whether an IPv6 one
     */
    public static IpAddress crowded(Random random, boolean six) {
        int bits = 1 << random.nextInt(32) & random.nextInt(4) * 0x55555555;
        return six
                ? new Ipv6Address(
                        0x20010db8_00000000L | Integer.toUnsignedLong(bits),
                        (long) random.nextInt(2) << random.nextInt(64))
                : new Ipv4Address(0x0a000000 ^ bits);
    }

    /** A selector over crowded addresses, with or without protocol and ports. */
    public static Selector crowdedSelector(Random random) {
        boolean six = random.nextInt(3) == 0;
        int width = six ? 128 : 32;
        return new Selector(
                crowded(random, six),
                prefix(random, width),
                crowded(random, six),
                prefix(random, width),
                random.nextBoolean() ? 0 : protocol(random),
                random.nextBoolean() ? 0 : port(random),
                random.nextBoolean() ? 0 : port(random));
    }

    /** A flow that often fits a selector of the crowded ones. */
    public static Flow crowdedFlow(Random random) {
        boolean six = random.nextInt(3) == 0;
        boolean mixed = random.nextInt(50) == 0;
        return new Flow(
                crowded(random, six),
                crowded(random, six != mixed),
                random.nextInt(5) == 0 ? 0 : protocol(random),
                random.nextInt(5) == 0 ? 0 : port(random),
                random.nextInt(5) == 0 ? 0 : port(random));
    }

    /** A selector around one pair of hosts, with or without ports. */
    static Selector nestedSelector(Random random) {
        return new Selector(
                Ipv4Address.of(10, 1, 2, 3),
                prefix(random, 32),
                Ipv4Address.of(10, 4, 5, 6),
                prefix(random, 32),
                random.nextInt(3) == 0 ? protocol(random) : 0,
                0,
                random.nextInt(3) == 0 ? port(random) : 0);
    }

    /** A flow between two hosts that are near that pair, or the pair itself. */
    static Flow nestedFlow(Random random) {
        return new Flow(
                near(Ipv4Address.of(10, 1, 2, 3), random),
                near(Ipv4Address.of(10, 4, 5, 6), random),
                protocol(random),
                0,
                port(random));
    }

    private static Ipv4Address near(Ipv4Address host, Random random) {
        int shift = random.nextInt(33);
        return shift == 32 ? host : new Ipv4Address(host.bits() ^ (1 << shift));
    }

    private static int prefix(Random random, int width) {
        return random.nextInt(4) == 0 ? width : random.nextInt(width + 1);
    }

    private static int protocol(Random random) {
        return random.nextBoolean() ? 6 : 17;
    }

    private static int port(Random random) {
        return random.nextInt(4) == 0 ? 65_535 : 1 + random.nextInt(3);
    }
}
