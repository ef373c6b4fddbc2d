package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Sockaddr;

/** {@code use}: packets pass through an SA, as if they had been encrypted with it. */
final class UseVerb implements ControlVerb {

    private static final long PORTS = 0xffff;

    private final KernelLoop loop;

    UseVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) throws BadControlRequest {
        SecurityAssociation sa = SaVerb.find(loop, request);
        long bytes = request.number("bytes", 0, Long.MAX_VALUE, 0);
        long packets = request.number("packets", 0, Long.MAX_VALUE, 1);
        IpAddress from = request.optionalAddress("from");
        long fromPort = request.number("fromPort", 0, PORTS, sa.details().natSourcePort());
        boolean passed = loop.engine().used(sa, bytes, packets, loop.time().now());
        answer.addProperty("passed", passed);
        if (passed && from != null) {
            Sockaddr peer = Sockaddr.of(from, (int) fromPort);
            loop.engine().arrivedFrom(sa, peer, loop.time().now());
        }
    }
}
