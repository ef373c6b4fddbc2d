package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/** {@code acquire}: packets need an SA that does not exist, as if a policy had asked for it. */
final class AcquireVerb implements ControlVerb {

    private static final long PORTS = 0xffff;
    private static final long PROTOCOLS = 0xff;

    private final KernelLoop loop;

    AcquireVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) throws BadControlRequest {
        SaType type = request.saType("type");
        Flow flow =
                new Flow(
                        request.address("src"),
                        request.address("dst"),
                        (int) request.number("protocol", 0, PROTOCOLS, 0),
                        (int) request.number("srcPort", 0, PORTS, 0),
                        (int) request.number("dstPort", 0, PORTS, 0));
        oneFamily(flow.source(), flow.destination());
        IpAddress tunnelSource = request.optionalAddress("tunnelSrc");
        IpAddress tunnelDestination = request.optionalAddress("tunnelDst");
        if ((tunnelSource == null) != (tunnelDestination == null)) {
            throw new BadControlRequest("\"tunnelSrc\" and \"tunnelDst\" go together");
        }
        if (tunnelSource != null && tunnelDestination != null) {
            oneFamily(tunnelSource, tunnelDestination);
        }
        Demand demand =
                tunnelSource != null && tunnelDestination != null
                        ? Demand.tunnel(type, tunnelSource, tunnelDestination)
                        : Demand.transport(type, request.flag("unique"));
        Acquire acquire = loop.engine().needSa(flow, demand, loop.time().now());
        answer.addProperty("acquire", acquire == null ? null : acquire.number());
    }

    private static void oneFamily(IpAddress source, IpAddress destination)
            throws BadControlRequest {
        if (!source.sameFamily(destination)) {
            throw new BadControlRequest("source and destination are of different families");
        }
    }
}
