package org.keysock.tools.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import picocli.CommandLine.Command;

/** {@code pfkey ctl sessions}. */
@Command(name = "sessions", description = "Shows who is connected to the key sockets.")
final class CtlSessions extends CtlVerb {

    private static final String ROW = "%-4s %-8s %-10s %-7s %-6s %-7s %-8s %s%n";

    CtlSessions(Surroundings around) {
        super("sessions", around);
    }

    @Override
    void ask(JsonObject request) {}

    @Override
    String print(JsonObject answer) {
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                ROW,
                                "id",
                                "dialect",
                                "transport",
                                "process",
                                "user",
                                "queued",
                                "dropped",
                                "state"));
        for (JsonElement each : answer.getAsJsonArray("sessions")) {
            JsonObject session = each.getAsJsonObject();
            text.append(
                    String.format(
                            ROW,
                            session.get("id").getAsString(),
                            session.get("dialect").getAsString(),
                            session.get("transport").getAsString(),
                            session.get("pid").getAsString(),
                            session.get("uid").getAsString(),
                            session.get("queued").getAsString(),
                            session.get("dropped").getAsString(),
                            state(session)));
        }
        return text.toString();
    }

    private static String state(JsonObject session) {
        StringBuilder state = new StringBuilder();
        for (String flag : new String[] {"promiscuous", "dumping", "paused"}) {
            if (session.get(flag).getAsBoolean()) {
                state.append(flag).append(' ');
            }
        }
        for (String kind : new String[] {"registered", "extended"}) {
            String types = list(session.get(kind));
            if (!types.isEmpty()) {
                state.append(kind).append(": ").append(types).append(' ');
            }
        }
        return state.isEmpty() ? "-" : state.toString().strip();
    }
}
