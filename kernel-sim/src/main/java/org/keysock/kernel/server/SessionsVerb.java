package org.keysock.kernel.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.SaType;

/** {@code sessions}: who is connected to the key sockets. */
final class SessionsVerb implements ControlVerb {

    private final KernelLoop loop;

    SessionsVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) {
        JsonArray all = new JsonArray();
        for (Session session : loop.deliveries().sessions()) {
            all.add(show(session));
        }
        answer.add("sessions", all);
    }

    private static JsonObject show(Session session) {
        KeySocket socket = session.keySocket();
        JsonObject shown = new JsonObject();
        shown.addProperty("id", socket.id());
        shown.addProperty("dialect", socket.dialect().text());
        shown.addProperty("transport", session.transport());
        shown.addProperty("pid", session.peer().pid());
        shown.addProperty("uid", session.peer().uid());
        shown.addProperty("queued", session.outbound().size());
        shown.addProperty("charge", session.outbound().charge());
        shown.addProperty("dropped", session.outbound().dropped());
        shown.addProperty("paused", session.paused());
        shown.addProperty("dumping", socket.dumping());
        shown.addProperty("promiscuous", socket.promiscuous());
        shown.add("registered", names(socket.registered()));
        shown.add("extended", names(socket.extended()));
        return shown;
    }

    private static JsonArray names(Collection<SaType> types) {
        JsonArray names = new JsonArray();
        types.stream().map(StatusVerb::name).sorted().forEach(names::add);
        return names;
    }
}
