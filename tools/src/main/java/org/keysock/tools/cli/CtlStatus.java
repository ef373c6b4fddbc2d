package org.keysock.tools.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import picocli.CommandLine.Command;

/** {@code pfkey ctl status}. */
@Command(name = "status", description = "Shows what runs there, what it holds, and its switches.")
final class CtlStatus extends CtlVerb {

    CtlStatus(Surroundings around) {
        super("status", around);
    }

    @Override
    void ask(JsonObject request) {}

    @Override
    String print(JsonObject answer) {
        StringBuilder text = new StringBuilder();
        line(text, "version", answer.get("version").getAsString());
        line(text, "folder", answer.get("dir").getAsString());
        line(text, "process", answer.get("pid").getAsString());
        line(text, "clock", clock(answer));
        line(text, "sas", words(answer.getAsJsonObject("sas")));
        line(text, "sessions", answer.get("sessions").getAsString());
        line(text, "local", list(answer.get("local")));
        line(text, "counters", words(answer.getAsJsonObject("counters")));
        for (JsonElement each : answer.getAsJsonArray("switches")) {
            JsonObject setting = each.getAsJsonObject();
            line(
                    text,
                    "switch",
                    setting.get("name").getAsString()
                            + "="
                            + setting.get("value").getAsString()
                            + "  "
                            + setting.get("meaning").getAsString()
                            + " ("
                            + setting.get("range").getAsString()
                            + ")");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-9s %s%n", name, value));
    }
}
