package org.keysock.kernel.engine.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;

/**
 * What Linux would have asked for in place of the SAs that an eroute of KLIPS names. A tunnel is no
 * SA of its own there, but the mode of the SA around it.
 */
final class ErouteTemplates {

    private static final int TRANSPORT = 1;

    private ErouteTemplates() {}

    /**
     * The templates of a policy; those that stand for an eroute's SAs are made as these are now.
     */
    static List<Template> of(Policy policy, KeyEngine engine) {
        Said target = policy.target();
        if (target == null || policy.action() != Action.IPSEC) {
            return policy.templates();
        }
        List<Template> made = new ArrayList<>();
        SecurityAssociation tunnel = null;
        SecurityAssociation sa =
                engine.sadb().find(target.saType(), target.destination(), target.spi());
        while (sa != null) {
            if (sa.protocol() == SaType.X_IPIP) {
                tunnel = sa;
            } else if (Checks.isProtocol(sa.protocol())) {
                made.add(template(sa, tunnel));
                tunnel = null;
            }
            sa = sa.outer();
        }
        return made;
    }

    private static Template template(SecurityAssociation sa, @Nullable SecurityAssociation tunnel) {
        return new Template(
                sa.protocol(),
                tunnel == null ? TRANSPORT : Checks.TUNNEL,
                Template.Level.REQUIRE,
                sa.details().reqid(),
                tunnel == null ? null : tunnel.source(),
                tunnel == null ? null : tunnel.destination());
    }
}
