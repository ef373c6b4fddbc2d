package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.engine.Need;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/**
 * {@code acquire}: packets need an SA that does not exist, as the policy for them says; with a
 * type, as if a policy had asked for that.
 */
final class AcquireVerb implements ControlVerb {

    private static final long PORTS = 0xffff;
    private static final long PROTOCOLS = 0xff;

    private final KernelLoop loop;

    AcquireVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) throws BadControlRequest {
        Flow flow =
                new Flow(
                        request.address("src"),
                        request.address("dst"),
                        (int) request.number("protocol", 0, PROTOCOLS, 0),
                        (int) request.number("srcPort", 0, PORTS, 0),
                        (int) request.number("dstPort", 0, PORTS, 0));
        oneFamily(flow.source(), flow.destination());
        List<Need> needs =
                request.has("type")
                        ? List.of(new Need(flow, demand(request), false))
                        : missing(flow, answer);
        Acquire first = null;
        for (Need need : needs) {
            Acquire acquire = loop.engine().needSa(need.flow(), need.demand(), loop.time().now());
            first = first == null ? acquire : first;
        }
        answer.addProperty("acquire", first == null ? null : first.number());
    }

    /** What the request asks for itself. */
    private static Demand demand(ControlRequest request) throws BadControlRequest {
        SaType type = request.saType("type");
        IpAddress tunnelSource = request.optionalAddress("tunnelSrc");
        IpAddress tunnelDestination = request.optionalAddress("tunnelDst");
        if ((tunnelSource == null) != (tunnelDestination == null)) {
            throw new BadControlRequest("\"tunnelSrc\" and \"tunnelDst\" go together");
        }
        if (tunnelSource == null || tunnelDestination == null) {
            return Demand.transport(type, request.flag("unique"));
        }
        oneFamily(tunnelSource, tunnelDestination);
        return Demand.tunnel(type, tunnelSource, tunnelDestination);
    }

    /** What the policy for packets of that flow asks for and no SA gives. */
    private List<Need> missing(Flow flow, JsonObject answer) {
        Policy policy = loop.engine().spd().judge(flow, PolicyDirection.OUT);
        answer.addProperty("policy", policy == null ? null : policy.id());
        answer.addProperty(
                "action",
                policy == null ? null : policy.action().toString().toLowerCase(Locale.ROOT));
        return policy == null ? List.of() : Need.missing(flow, policy, loop.engine().sadb());
    }

    private static void oneFamily(IpAddress source, IpAddress destination)
            throws BadControlRequest {
        if (!source.sameFamily(destination)) {
            throw new BadControlRequest("source and destination are of different families");
        }
    }
}
