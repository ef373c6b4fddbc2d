package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.transform.FlowPath;
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
        Acquire first =
                request.has("type")
                        ? loop.engine().needSa(flow, demand(request), loop.time().now())
                        : send(flow, answer);
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

    /** A packet leaves: asks for what its policy wants and no SA gives; the first that is asked. */
    private @Nullable Acquire send(Flow flow, JsonObject answer) {
        Now now = loop.time().now();
        FlowPath path =
                loop.paths().take(flow, PolicyDirection.OUT, now.wallSeconds(), now.millis());
        Policy policy = path.policy();
        answer.addProperty("policy", policy == null ? null : policy.id());
        answer.addProperty(
                "action",
                policy == null ? null : policy.action().toString().toLowerCase(Locale.ROOT));
        Acquire first = null;
        if (policy != null) {
            for (FlowPath.Missing missing : path.missing()) {
                Demand demand = Demand.of(policy, missing.template());
                Acquire acquire = loop.engine().needSa(missing.flow(), demand, now);
                first = first == null ? acquire : first;
            }
        }
        return first;
    }

    private static void oneFamily(IpAddress source, IpAddress destination)
            throws BadControlRequest {
        if (!source.sameFamily(destination)) {
            throw new BadControlRequest("source and destination are of different families");
        }
    }
}
