package org.keysock.kernel.engine.klips;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Spd;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.text.KlipsAddressText;
import org.keysock.pfkey.text.SaidText;

/**
 * {@code ipsec_eroute}: the policies that are eroutes, in the order in which KLIPS' radix tree
 * holds them, which is that of the bits of their selectors; klips.md section 6.7.
 */
final class ErouteTable implements TextTable {

    private static final Comparator<IpAddress> BY_BITS =
            Comparator.comparingInt(IpAddress::bitLength)
                    .thenComparing(IpAddress::toBytes, Arrays::compareUnsigned);

    private static final Comparator<Selector> AS_IN_A_TREE =
            Comparator.comparing(Selector::source, BY_BITS)
                    .thenComparing(Selector::destination, BY_BITS)
                    .thenComparingInt(Selector::protocol)
                    .thenComparingInt(Selector::sourcePort)
                    .thenComparingInt(Selector::destinationPort)
                    .thenComparingInt(Selector::sourcePrefix)
                    .thenComparingInt(Selector::destinationPrefix);

    /** How many policies are looked at in a step. */
    private static final int STEP = 500;

    private final Spd spd;
    private final Spd.Walk walk;
    private boolean collected;

    /** Sorted while it is filled and read: no step takes long. */
    private final PriorityQueue<Policy> left =
            new PriorityQueue<>(Comparator.comparing(Policy::selector, AS_IN_A_TREE));

    ErouteTable(Spd spd) {
        this.spd = spd;
        this.walk = spd.walk();
    }

    @Override
    public boolean ready() {
        for (int looked = 0; looked < STEP && !collected; looked++) {
            Policy policy = walk.next();
            collected = policy == null;
            if (policy != null && policy.target() != null) {
                left.add(policy);
            }
        }
        return collected;
    }

    @Override
    public @Nullable String nextLine() {
        while (!collected) {
            ready();
        }
        Policy policy = left.poll();
        while (policy != null && spd.find(policy.id()) != policy) {
            policy = left.poll();
        }
        Said target = policy == null ? null : policy.target();
        return policy == null || target == null ? null : line(policy, target);
    }

    private static String line(Policy policy, Said target) {
        Selector selector = policy.selector();
        return padded(Long.toString(policy.packets()), 10)
                + ' '
                + padded(
                        network(selector.source(), selector.sourcePrefix(), selector.sourcePort()),
                        18)
                + " -> "
                + padded(
                        network(
                                selector.destination(),
                                selector.destinationPrefix(),
                                selector.destinationPort()),
                        18)
                + " => "
                + SaidText.format(target, SaidText.Style.HEXADECIMAL)
                + unlessZero(selector.protocol());
    }

    private static String network(IpAddress address, int prefix, int port) {
        return KlipsAddressText.format(address) + '/' + prefix + unlessZero(port);
    }

    private static String unlessZero(int number) {
        return number == 0 ? "" : ":" + number;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    @Override
    public void close() {
        walk.close();
        collected = true;
        left.clear();
    }
}
