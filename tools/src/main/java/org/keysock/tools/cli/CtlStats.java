package org.keysock.tools.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code pfkey ctl stats}. */
@Command(name = "stats", description = "Shows what has been counted since the start.")
final class CtlStats extends CtlVerb {

    CtlStats(Surroundings around) {
        super("stats", around);
    }

    @Override
    void ask(JsonObject request) {}

    @Override
    String print(JsonObject answer) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonElement> counter :
                answer.getAsJsonObject("counters").entrySet()) {
            text.append(
                    String.format(
                            "%-12s %s%n", counter.getKey(), counter.getValue().getAsString()));
        }
        return text.toString();
    }
}
