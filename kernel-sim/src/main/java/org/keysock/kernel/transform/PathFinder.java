package org.keysock.kernel.transform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SaDemand;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Spd;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.IpAddress;

/**
 * Tells what happens to the packets of a flow: asks the SPD which policy judges them and, when they
 * leave, the SADB for an SA for each template of it. Answers are kept in a {@link FlowCache} until
 * one of the databases changes. Owned by the thread that owns the databases.
 */
public final class PathFinder {

    private final Spd spd;
    private final Sadb sadb;
    private final FlowCache cache;

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

    /** The path of a flow's packets as the databases are now. */
    public FlowPath path(Flow flow, PolicyDirection direction) {
        long spdGeneration = spd.generation();
        long sadbGeneration = sadb.generation();
        FlowPath known = cache.find(flow, direction, spdGeneration, sadbGeneration);
        if (known != null) {
            return known;
        }
        FlowPath found = find(flow, direction);
        cache.put(flow, direction, spdGeneration, sadbGeneration, found);
        return found;
    }

    /** The same, looked up anew. */
    FlowPath find(Flow flow, PolicyDirection direction) {
        Policy policy = spd.judge(flow, direction);
        if (policy == null) {
            return FlowPath.UNJUDGED;
        }
        if (direction != PolicyDirection.OUT || policy.action() != Action.IPSEC) {
            return new FlowPath(policy, List.of(), null);
        }
        List<SecurityAssociation> sas = new ArrayList<>(policy.templates().size());
        IpAddress source = flow.source();
        IpAddress destination = flow.destination();
        for (Template template : policy.templates()) {
            IpAddress from = orElse(template.source(), source);
            IpAddress to = orElse(template.destination(), destination);
            SecurityAssociation sa = sadb.choose(demand(template, from, to, flow));
            if (sa != null) {
                sas.add(sa);
                source = from; // what the next template wraps carries this one's addresses
                destination = to;
            } else if (template.level() != Template.Level.USE) {
                return new FlowPath(policy, sas, new FlowPath.Missing(template, from, to));
            }
        }
        return new FlowPath(policy, sas, null);
    }

    private static SaDemand demand(Template template, IpAddress from, IpAddress to, Flow flow) {
        return new SaDemand(
                template.protocol(),
                template.mode(),
                template.reqid(),
                from,
                to,
                flow.protocol(),
                flow.sourcePort(),
                flow.destinationPort());
    }

    private static IpAddress orElse(@Nullable IpAddress address, IpAddress otherwise) {
        return address == null ? otherwise : address;
    }
}
