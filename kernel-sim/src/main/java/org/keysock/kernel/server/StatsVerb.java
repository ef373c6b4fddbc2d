package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import org.keysock.kernel.transform.Fate;

/** {@code stats}: what has been counted since the start. */
final class StatsVerb implements ControlVerb {

    private final KernelLoop loop;

    StatsVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) {
        answer.add("counters", counters(loop));
        JsonObject packets = new JsonObject();
        JsonObject out = new JsonObject();
        JsonObject in = new JsonObject();
        for (Fate fate : Fate.values()) {
            out.addProperty(fate.text(), loop.packets().outboundCounts().of(fate));
            in.addProperty(fate.text(), loop.packets().inboundCounts().of(fate));
        }
        packets.add("out", out);
        packets.add("in", in);
        answer.add("packets", packets);
    }

    /** The counters as they are shown. */
    static JsonObject counters(KernelLoop loop) {
        Counters counters = loop.counters();
        long dropped = counters.dropped;
        for (Session session : loop.deliveries().sessions()) {
            dropped += session.outbound().dropped();
        }
        JsonObject shown = new JsonObject();
        shown.addProperty("accepted", counters.accepted);
        shown.addProperty("messagesIn", counters.messagesIn);
        shown.addProperty("malformed", counters.malformed);
        shown.addProperty("refused", counters.refused);
        shown.addProperty("untold", counters.untold);
        shown.addProperty("messagesOut", counters.messagesOut);
        shown.addProperty("dropped", dropped);
        shown.addProperty("unspeakable", counters.unspeakable);
        shown.addProperty("portFull", counters.portFull);
        shown.addProperty("portErrors", counters.portErrors);
        shown.addProperty("notInUdp", counters.notInUdp);
        shown.addProperty("faults", counters.faults);
        return shown;
    }
}
