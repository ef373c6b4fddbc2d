package org.keysock.kernel.transform;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.sadb.TunnelPolicy;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/**
 * What KLIPS asks of packets that arrive, instead of inbound policies: klips.md section 3.13. The
 * layers of a packet are its group's SAs, from the outside to the inside, without a gap.
 */
final class GroupCheck {

    private GroupCheck() {}

    /** Whether the packet comes from where its SA does. */
    static boolean fromSource(SaContext sa, FlowKey flow) {
        return sa.sa.source().unspecified()
                || (flow.six == sa.six
                        && flow.sourceHigh == sa.sourceHigh
                        && flow.sourceLow == sa.sourceLow);
    }

    /** Whether one SA's layer may lie inside another's; what did not shrink was not compressed. */
    static boolean follows(SaContext outside, SecurityAssociation inside) {
        SecurityAssociation next = outside.sa.inner();
        return next == inside || (next != null && compresses(next) && next.inner() == inside);
    }

    /** Whether nothing more must be inside, but for a layer of compression. */
    static boolean innermost(SaContext last) {
        SecurityAssociation next = last.sa.inner();
        return next == null || (compresses(next) && next.inner() == null);
    }

    /** The tunnel that must be next inside, null for none. */
    static @Nullable SecurityAssociation tunnelInside(SaContext outside) {
        SecurityAssociation next = outside.sa.inner();
        if (next != null && compresses(next)) {
            next = next.inner();
        }
        return next != null && next.protocol() == SaType.X_IPIP ? next : null;
    }

    /** Whether a tunnel lets in the packet that it carried. */
    static boolean letsIn(SaContext tunnel, FlowKey inner) {
        TunnelPolicy policy = tunnel.sa.details().tunnelPolicy();
        return policy == null
                || (in(inner.source(), policy.source(), policy.sourcePrefix())
                        && in(
                                inner.destination(),
                                policy.destination(),
                                policy.destinationPrefix()));
    }

    private static boolean in(IpAddress address, IpAddress network, int prefix) {
        return address.sameFamily(network) && address.in(network, prefix);
    }

    private static boolean compresses(SecurityAssociation sa) {
        return sa.protocol() == SaType.X_IPCOMP;
    }
}
