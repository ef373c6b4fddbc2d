package org.keysock.kernel.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.IpAddress;

/**
 * What happens to the packets of a flow.
 *
 * @param policy that judges them, null when there is none
 * @param sas that protect packets which leave, innermost first; not all while one is missing
 * @param missing what no SA is there for although packets must not go without it; null for nothing
 */
public record FlowPath(
        @Nullable Policy policy, List<SecurityAssociation> sas, @Nullable Missing missing) {

    /** The way of packets that no policy is about. */
    public static final FlowPath UNJUDGED = new FlowPath(null, List.of(), null);

    /** Takes the list over as it is then. */
    public FlowPath {
        sas = List.copyOf(sas);
    }

    /**
     * An SA to ask key managers for.
     *
     * @param template of the policy
     * @param source of the SA
     * @param destination of the SA
     */
    public record Missing(Template template, IpAddress source, IpAddress destination) {}
}
