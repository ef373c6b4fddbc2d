package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.PacketOptions;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/**
 * {@code sa}: shows and sets what no dialect can say of an SA: extended sequence numbers, a large
 * replay window, filling against traffic analysis (RFC 4303 sections 2.2.1, 3.4.3, 2.7).
 */
final class SaVerb implements ControlVerb {

    private static final long LARGEST_WINDOW = 4096;

    private final KernelLoop loop;

    SaVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) throws BadControlRequest {
        SecurityAssociation sa = find(loop, request);
        if (sa.state() == SaState.LARVAL) {
            throw new BadControlRequest(sa + " is replaced when its keys come");
        }
        PacketOptions before = sa.details().packets();
        boolean extended =
                request.has("extendedSequence")
                        ? request.flag("extendedSequence")
                        : before.extendedSequence();
        int tfc = (int) request.number("tfc", 0, PacketRecord.LONGEST_PACKET, before.tfcLength());
        long window = request.number("window", 1, LARGEST_WINDOW, 0);
        boolean changes = window != 0 || extended != before.extendedSequence();
        if (changes && sa.use().sequence() != 0) {
            throw new BadControlRequest(
                    sa + " has sent or received packets: its sequence numbers stay as they are");
        }
        if (window != 0) {
            sa.ownUse().window(new ReplayWindow((int) window));
        }
        PacketOptions after = new PacketOptions(extended, tfc);
        if (!after.equals(before)) {
            sa.details(sa.details().with(after));
        }
        answer.addProperty("extendedSequence", extended);
        @Nullable ReplayWindow set = sa.use().window();
        answer.addProperty("window", set == null ? sa.replayWindow() : set.size());
        answer.addProperty("tfc", tfc);
    }

    /** The SA that a request names by {@code type}, {@code spi} and {@code dst}. */
    static SecurityAssociation find(KernelLoop loop, ControlRequest request)
            throws BadControlRequest {
        SaType type = request.saType("type");
        Spi spi = request.spi("spi");
        IpAddress destination = request.address("dst");
        SecurityAssociation sa = loop.engine().sadb().find(type, destination, spi);
        if (sa == null) {
            throw new BadControlRequest(
                    "no SA " + StatusVerb.name(type) + " " + spi + " to " + destination);
        }
        return sa;
    }
}
