package org.keysock.kernel.transform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SaDemand;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Spd;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.Said;

/**
 * Tells what happens to the packets of a flow: asks the SPD which policy judges them and, when they
 * leave, the SADB for an SA for each template of it. Answers are kept in a {@link FlowCache} until
 * one of the databases changes. Owned by the thread that owns the databases.
 */
public final class PathFinder {

    private final Spd spd;
    private final Sadb sadb;
    private final FlowCache cache;
    private final FlowKey key = new FlowKey();

    /**
     * A finder with an empty cache.
     *
     * @param flows how many flows it remembers
     */
    public PathFinder(Spd spd, Sadb sadb, int flows) {
        this.spd = spd;
        this.sadb = sadb;
        cache = new FlowCache(flows);
    }

    /**
     * A packet goes its way: {@link #path}, and its policy is used, unless the packet waits; an
     * eroute counts that too.
     *
     * @param wallSeconds now, since 1970
     * @param millis now, on the monotonic clock
     */
    public FlowPath take(Flow flow, PolicyDirection direction, long wallSeconds, long millis) {
        return take(key.read(flow), direction, wallSeconds, millis);
    }

    /** The same for a flow as plain numbers. */
    FlowPath take(FlowKey flow, PolicyDirection direction, long wallSeconds, long millis) {
        FlowPath path = path(flow, direction);
        Policy policy = path.policy();
        if (policy != null && (policy.eroute() != null || !path.waits())) {
            policy.used(wallSeconds, millis);
        }
        return path;
    }

    /** The path of a flow's packets as the databases are now. */
    public FlowPath path(Flow flow, PolicyDirection direction) {
        return path(key.read(flow), direction);
    }

    /** The same for a flow as plain numbers. */
    FlowPath path(FlowKey flow, PolicyDirection direction) {
        long spdGeneration = spd.generation();
        long sadbGeneration = sadb.generation();
        FlowPath known = cache.find(flow, direction, spdGeneration, sadbGeneration);
        if (known != null) {
            return known;
        }
        FlowPath found = find(flow.flow(), direction);
        cache.put(flow, direction, spdGeneration, sadbGeneration, found);
        return found;
    }

    /** The same, looked up anew. */
    FlowPath find(Flow flow, PolicyDirection direction) {
        Policy policy = spd.judge(flow, direction);
        if (policy == null) {
            return FlowPath.UNJUDGED;
        }
        if (direction != PolicyDirection.OUT) {
            return new FlowPath(policy, List.of(), List.of());
        }
        return switch (policy.action()) {
            case DISCARD, NONE, REJECT, HOLD -> new FlowPath(policy, List.of(), List.of());
            case TRAP, TRAP_SUBNET -> new FlowPath(policy, List.of(), trapped(policy, flow));
            case IPSEC -> {
                Said target = policy.target();
                yield target == null
                        ? protectedAsAsked(policy, flow)
                        : new FlowPath(policy, group(target), List.of());
            }
        };
    }

    /** What a trap asks for, whether or not there are such SAs. */
    private static List<FlowPath.Missing> trapped(Policy policy, Flow flow) {
        return policy.templates().stream()
                .map(template -> new FlowPath.Missing(template, flow))
                .toList();
    }

    /** The SA that an eroute names and those around it; none when one of them is not usable. */
    private List<SecurityAssociation> group(Said target) {
        List<SecurityAssociation> sas = new ArrayList<>();
        SecurityAssociation sa = sadb.find(target.saType(), target.destination(), target.spi());
        while (sa != null) {
            if (sa.state() == SaState.LARVAL || sa.state() == SaState.DEAD) {
                return List.of();
            }
            sas.add(sa);
            sa = sa.outer();
        }
        return sas;
    }

    private FlowPath protectedAsAsked(Policy policy, Flow flow) {
        List<SecurityAssociation> sas = new ArrayList<>(policy.templates().size());
        List<FlowPath.Missing> missing = new ArrayList<>(0);
        Flow packets = flow;
        for (Template template : policy.templates()) {
            SaDemand demand = demand(template, packets);
            SecurityAssociation sa = sadb.choose(demand);
            if (sa == null) {
                FlowPath.Missing lack = new FlowPath.Missing(template, packets);
                missing.add(lack);
                if (!lack.optional()) {
                    break;
                }
            } else {
                sas.add(sa);
                packets = template.source() == null ? packets : enclosed(demand);
            }
        }
        return new FlowPath(policy, sas, missing);
    }

    /** What a tunnel has enclosed. */
    private static Flow enclosed(SaDemand tunnel) {
        return new Flow(tunnel.source(), tunnel.destination(), 0, 0, 0);
    }

    private static SaDemand demand(Template template, Flow packets) {
        return new SaDemand(
                template.protocol(),
                template.mode(),
                template.reqid(),
                orElse(template.source(), packets.source()),
                orElse(template.destination(), packets.destination()),
                packets.protocol(),
                packets.sourcePort(),
                packets.destinationPort());
    }

    private static IpAddress orElse(@Nullable IpAddress address, IpAddress otherwise) {
        return address == null ? otherwise : address;
    }
}
