package org.keysock.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SaDemand;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;

/**
 * What one of a policy's templates needs for packets that leave.
 *
 * @param flow of the packets as they are then: what a tunnel has enclosed travels on between the
 *     tunnel's ends
 * @param optional whether packets go without it: level USE
 */
public record Need(Flow flow, Demand demand, boolean optional) {

    /** All that a policy needs for packets of a flow, innermost first. */
    public static List<Need> of(Flow flow, Policy policy) {
        List<Need> needs = new ArrayList<>();
        Flow packets = flow;
        for (Template template : policy.templates()) {
            Demand demand = Demand.of(policy, template);
            needs.add(new Need(packets, demand, template.level() == Template.Level.USE));
            if (demand.tunnelSource() != null && demand.tunnelDestination() != null) {
                packets = new Flow(demand.tunnelSource(), demand.tunnelDestination(), 0, 0, 0);
            }
        }
        return needs;
    }

    /**
     * What no SA is there for: those that are optional, and the first that is not, behind which the
     * kernel does not look.
     */
    public static List<Need> missing(Flow flow, Policy policy, Sadb sadb) {
        List<Need> missing = new ArrayList<>();
        for (Need need : of(flow, policy)) {
            if (need.sa(sadb) == null) {
                missing.add(need);
                if (!need.optional) {
                    break;
                }
            }
        }
        return missing;
    }

    /** The SA that protects the packets, or null. */
    public @Nullable SecurityAssociation sa(Sadb sadb) {
        return sadb.choose(
                new SaDemand(
                        demand.saType(),
                        demand.mode(),
                        demand.reqid(),
                        demand.tunnelSource() == null ? flow.source() : demand.tunnelSource(),
                        demand.tunnelDestination() == null
                                ? flow.destination()
                                : demand.tunnelDestination(),
                        flow.protocol(),
                        flow.sourcePort(),
                        flow.destinationPort()));
    }
}
