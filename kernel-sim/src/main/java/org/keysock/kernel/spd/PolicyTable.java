package org.keysock.kernel.spd;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;

/**
 * The policies of one direction. A packet's policy is found by source prefix, then destination
 * prefix, then protocol and ports, those first that promise the strongest policy: what that costs
 * grows with the number of prefixes that contain one another, not with the number of policies.
 * Those between two single hosts are found at once.
 */
final class PolicyTable {

    private final Map<Selector, Policy> bySelector = new HashMap<>();
    private final Family ipv4 = new Family();
    private final Family ipv6 = new Family();
    private final Candidates<PrefixTrie<PortTable>> sources = new Candidates<>();
    private final Candidates<PortTable> tables = new Candidates<>();

    /** The policies of one address family. */
    private static final class Family {
        private final HostTable hosts = new HostTable();
        private final PrefixTrie<PrefixTrie<PortTable>> sources = new PrefixTrie<>();
    }

    /** The policy with exactly that selector, or null. */
    @Nullable Policy find(Selector selector) {
        return bySelector.get(selector);
    }

    /** Adds a policy whose selector is not in here. */
    void add(Policy policy) {
        Selector selector = policy.selector();
        bySelector.put(selector, policy);
        Family family = family(selector.source());
        if (betweenHosts(selector)) {
            PortTable found = hosts(family, selector.source(), selector.destination());
            PortTable ports =
                    found != null
                            ? found
                            : family.hosts.open(
                                    PrefixTrie.high(selector.source()),
                                    PrefixTrie.low(selector.source()),
                                    PrefixTrie.high(selector.destination()),
                                    PrefixTrie.low(selector.destination()));
            ports.add(policy);
            return;
        }
        var sourceNode = family.sources.at(selector.source(), selector.sourcePrefix());
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
        family.sources.put(sourceNode, destinations);
    }

    /** Takes out a policy that is in here. */
    void remove(Policy policy) {
        Selector selector = policy.selector();
        bySelector.remove(selector);
        Family family = family(selector.source());
        if (betweenHosts(selector)) {
            PortTable ports =
                    found(hosts(family, selector.source(), selector.destination()), policy);
            ports.remove(policy);
            if (ports.best() == null) {
                family.hosts.close(ports);
            }
            return;
        }
        var sourceNode = family.sources.at(selector.source(), selector.sourcePrefix());
        PrefixTrie<PortTable> destinations = found(sourceNode.content(), policy);
        var node = destinations.at(selector.destination(), selector.destinationPrefix());
        PortTable ports = found(node.content(), policy);
        ports.remove(policy);
        destinations.put(node, ports);
        family.sources.put(sourceNode, destinations);
    }

    /** The first asked of the policies that fit, or null. Allocates nothing. */
    @Nullable Policy judge(Flow flow) {
        if (!flow.source().sameFamily(flow.destination())) {
            return null;
        }
        Family family = family(flow.source());
        long high = PrefixTrie.high(flow.source());
        long low = PrefixTrie.low(flow.source());
        long ports = PortTable.pack(flow.protocol(), flow.sourcePort(), flow.destinationPort());
        PortTable hosts = hosts(family, flow.source(), flow.destination());
        Policy best = hosts == null ? null : hosts.judge(ports, null);
        sources.gather(family.sources, high, low, best);
        for (var destinations = sources.next(best);
                destinations != null;
                destinations = sources.next(best)) {
            best = judge(destinations, flow.destination(), ports, best);
        }
        return best;
    }

    private @Nullable Policy judge(
            PrefixTrie<PortTable> trie, IpAddress destination, long ports, @Nullable Policy found) {
        Policy best = found;
        tables.gather(trie, PrefixTrie.high(destination), PrefixTrie.low(destination), best);
        for (var table = tables.next(best); table != null; table = tables.next(best)) {
            best = table.judge(ports, best);
        }
        return best;
    }

    private static boolean betweenHosts(Selector selector) {
        return selector.sourcePrefix() + selector.destinationPrefix()
                == 2 * selector.source().bitLength();
    }

    private static @Nullable PortTable hosts(
            Family family, IpAddress source, IpAddress destination) {
        return family.hosts.find(
                PrefixTrie.high(source),
                PrefixTrie.low(source),
                PrefixTrie.high(destination),
                PrefixTrie.low(destination));
    }

    private static <T> T found(@Nullable T table, Policy policy) {
        if (table == null) {
            throw new IllegalStateException("not in here: " + policy);
        }
        return table;
    }

    private Family family(IpAddress address) {
        return address.bitLength() == 32 ? ipv4 : ipv6;
    }
}
