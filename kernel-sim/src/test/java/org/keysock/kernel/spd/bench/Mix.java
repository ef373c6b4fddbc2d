package org.keysock.kernel.spd.bench;

import java.util.Random;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.Selector;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/** Kinds of policy databases, each hard for another way of searching. */
public enum Mix {
    /** Host to host, no two policies alike. */
    HOSTS {
        @Override
        Selector selector(int number, Random random) {
            return Policies.between(four(number, random), 32, four(~number, random), 32);
        }
    },
    /** IPv6 host to host. */
    HOSTS6 {
        @Override
        Selector selector(int number, Random random) {
            return Policies.between(six(number, random), 128, six(~number, random), 128);
        }
    },
    /** One gateway: any source, networks of all sizes behind it. */
    NETWORKS {
        @Override
        Selector selector(int number, Random random) {
            return Policies.between(
                    Ipv4Address.ANY, 0, four(number, random), 12 + random.nextInt(21));
        }
    },
    /** Prefixes of all lengths on both sides: most pairs of lengths occur. */
    LENGTHS {
        @Override
        Selector selector(int number, Random random) {
            return Policies.between(
                    four(number, random),
                    8 + random.nextInt(25),
                    four(~number, random),
                    8 + random.nextInt(25));
        }
    },
    /** One pair of networks, and no two policies of the same ports. */
    PORTS {
        @Override
        Selector selector(int number, Random random) {
            return new Selector(
                    Ipv4Address.of(10, 1, 0, 0),
                    16,
                    Ipv4Address.of(10, 2, 0, 0),
                    16,
                    number % 3 == 0 ? 6 : number % 3 == 1 ? 17 : 0,
                    number % 2 == 0 ? 0 : 1 + number % 101,
                    1 + number);
        }
    },
    /** All around one pair of hosts: each prefix contains all longer ones, with all port kinds. */
    NESTED {
        @Override
        Selector selector(int number, Random random) {
            int kind = number / (33 * 33) % 8;
            return new Selector(
                    Ipv4Address.of(10, 1, 2, 3),
                    number % 33,
                    Ipv4Address.of(10, 4, 5, 6),
                    number / 33 % 33,
                    (kind & 4) == 0 ? 0 : 6,
                    (kind & 2) == 0 ? 0 : 1000 + number / (33 * 33 * 8),
                    (kind & 1) == 0 ? 0 : 80 + number / (33 * 33 * 8));
        }
    };

    /** The selector of a policy; not all numbers need give another one. */
    abstract Selector selector(int number, Random random);

    /** A packet that the selector's policy may judge, if no better one does. */
    static Flow flow(Selector selector, Random random) {
        return new Flow(
                inside(selector.source(), selector.sourcePrefix(), random),
                inside(selector.destination(), selector.destinationPrefix(), random),
                selector.protocol() == 0 ? 6 : selector.protocol(),
                selector.sourcePort() == 0 ? 40_000 : selector.sourcePort(),
                selector.destinationPort() == 0 ? 443 : selector.destinationPort());
    }

    private static IpAddress inside(IpAddress address, int prefix, Random random) {
        if (address instanceof Ipv4Address four) {
            int host = prefix == 32 ? 0 : random.nextInt() >>> prefix;
            return new Ipv4Address(four.masked(prefix).bits() | host);
        }
        return address;
    }

    private static Ipv4Address four(int number, Random random) {
        return new Ipv4Address(random.nextInt() ^ number);
    }

    private static Ipv6Address six(int number, Random random) {
        return new Ipv6Address(0x20010db8_00000000L | random.nextInt(1 << 16), number);
    }
}
