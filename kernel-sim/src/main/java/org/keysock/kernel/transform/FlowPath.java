package org.keysock.kernel.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;

/**
 * What happens to the packets of a flow.
 *
 * @param policy that judges them, null when there is none
 * @param sas that protect packets which leave, innermost first; not all when they {@link #waits},
 *     none when they are dropped because one of an eroute's is not there or not grown
 * @param missing what no SA is there for and key managers are asked for: what is optional, and the
 *     first that is not, behind which nobody looks
 */
public record FlowPath(
        @Nullable Policy policy, List<SecurityAssociation> sas, List<Missing> missing) {

    /** The way of packets that no policy is about. */
    public static final FlowPath UNJUDGED = new FlowPath(null, List.of(), List.of());

    /** Takes the lists over as they are then. */
    public FlowPath {
        sas = List.copyOf(sas);
        missing = List.copyOf(missing);
    }

    /** Whether packets are dropped: the policy says so, or names an SA that is not there. */
    public boolean drops() {
        if (policy == null) {
            return false;
        }
        return switch (policy.action()) {
            case DISCARD, REJECT -> true;
            case IPSEC -> policy.target() != null && sas.isEmpty();
            case TRAP, TRAP_SUBNET -> !waits();
            case NONE, HOLD -> false;
        };
    }

    /** Whether packets must not go while an SA is missing. */
    public boolean waits() {
        return !missing.isEmpty() && !missing.get(missing.size() - 1).optional();
    }

    /**
     * An SA to ask key managers for.
     *
     * @param template of the policy
     * @param flow of the packets as they are then: what a tunnel has enclosed travels on between
     *     the tunnel's ends
     */
    public record Missing(Template template, Flow flow) {

        /** Whether packets go without it. */
        public boolean optional() {
            return template.level() == Template.Level.USE;
        }
    }
}
