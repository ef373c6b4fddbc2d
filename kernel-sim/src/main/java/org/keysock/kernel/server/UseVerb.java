package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;

/** {@code use}: packets pass through an SA, as if they had been encrypted with it. */
final class UseVerb implements ControlVerb {

    private static final long PORTS = 0xffff;
    private static final long LAST_NUMBER = 0xffff_ffffL;

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
        if (passed) {
            number(sa, packets);
        }
        if (passed && from != null) {
            Sockaddr peer = Sockaddr.of(from, (int) fromPort);
            loop.engine().arrivedFrom(sa, peer, loop.time().now());
        }
    }

    /**
     * Packets of AH and ESP have numbers: these come in order, and none was lost. So far for SAs of
     * KLIPS alone, whose tables show what they leave behind.
     */
    private static void number(SecurityAssociation sa, long packets) {
        boolean numbered = sa.protocol() == SaType.AH || sa.protocol() == SaType.ESP;
        boolean arriving = sa.direction() == Direction.INBOUND;
        boolean shown = sa.home() == DialectName.KLIPS;
        if (!shown || !numbered || packets == 0 || (arriving && sa.replayWindow() == 0)) {
            return;
        }
        SaUse use = sa.ownUse();
        long last = Math.min(use.sequence() + Math.min(packets, LAST_NUMBER), LAST_NUMBER);
        if (arriving) {
            ReplayWindow window = use.window();
            if (window == null) {
                window = new ReplayWindow(sa.replayWindow(), use.sequence());
                use.window(window);
            }
            window.receivedThrough(last);
        }
        use.sequence(last);
    }
}
