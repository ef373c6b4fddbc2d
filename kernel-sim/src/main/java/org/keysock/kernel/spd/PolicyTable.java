package org.keysock.kernel.spd;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;

/**
 * The policies of one direction. A packet's policy is found by source prefix, then destination
 * prefix, then protocol and ports: what that costs grows with the number of prefixes that contain
 * one another, not with the number of policies.
 */
final class PolicyTable {

    private final Map<Selector, Policy> bySelector = new HashMap<>();
    private final PrefixTrie<PrefixTrie<PortTable>> ipv4 = new PrefixTrie<>();
    private final PrefixTrie<PrefixTrie<PortTable>> ipv6 = new PrefixTrie<>();

    /** The policy with exactly that selector, or null. */
    @Nullable Policy find(Selector selector) {
        return bySelector.get(selector);
    }

    /** Adds a policy whose selector is not in here. */
    void add(Policy policy) {
        Selector selector = policy.selector();
        bySelector.put(selector, policy);
        PrefixTrie<PrefixTrie<PortTable>> sources = sources(selector.source());
        var sourceNode = sources.at(selector.source(), selector.sourcePrefix());
        PrefixTrie<PortTable> destinations = sourceNode.content();
        if (destinations == null) {
            destinations = new PrefixTrie<>();
        }
        var node = destinations.at(selector.destination(), selector.destinationPrefix());
        PortTable ports = node.content();
        if (ports == null) {
            ports = new PortTable();
        }
        ports.add(policy);
        destinations.put(node, ports);
        sources.put(sourceNode, destinations);
    }

    /** Takes out a policy that is in here. */
    void remove(Policy policy) {
        Selector selector = policy.selector();
        bySelector.remove(selector);
        PrefixTrie<PrefixTrie<PortTable>> sources = sources(selector.source());
        var sourceNode = sources.at(selector.source(), selector.sourcePrefix());
        PrefixTrie<PortTable> destinations = sourceNode.content();
        if (destinations == null) {
            throw new IllegalStateException("not in here: " + policy);
        }
        var node = destinations.at(selector.destination(), selector.destinationPrefix());
        PortTable ports = node.content();
        if (ports == null) {
            throw new IllegalStateException("not in here: " + policy);
        }
        ports.remove(policy);
        destinations.put(node, ports);
        sources.put(sourceNode, destinations);
    }

    /** The first asked of the policies that fit, or null. Allocates nothing. */
    @Nullable Policy judge(Flow flow) {
        if (!flow.source().sameFamily(flow.destination())) {
            return null;
        }
        long sourceHigh = PrefixTrie.high(flow.source());
        long sourceLow = PrefixTrie.low(flow.source());
        Policy best = null;
        for (var node = sources(flow.source()).root();
                node != null && node.promises(sourceHigh, sourceLow, best);
                node = node.towards(sourceHigh, sourceLow)) {
            PrefixTrie<PortTable> destinations = node.content();
            if (destinations != null) {
                best = judge(destinations, flow, best);
            }
        }
        return best;
    }

    private static @Nullable Policy judge(
            PrefixTrie<PortTable> destinations, Flow flow, @Nullable Policy found) {
        long high = PrefixTrie.high(flow.destination());
        long low = PrefixTrie.low(flow.destination());
        long ports = PortTable.pack(flow.protocol(), flow.sourcePort(), flow.destinationPort());
        Policy best = found;
        for (var node = destinations.root();
                node != null && node.promises(high, low, best);
                node = node.towards(high, low)) {
            PortTable table = node.content();
            if (table != null) {
                best = table.judge(ports, best);
            }
        }
        return best;
    }

    private PrefixTrie<PrefixTrie<PortTable>> sources(IpAddress address) {
        return address.bitLength() == 32 ? ipv4 : ipv6;
    }
}
