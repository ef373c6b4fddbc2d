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

    /** A line a verdict: packets that left, packets that arrived. */
    private static void packets(JsonObject answer, StringBuilder text) {
        if (!answer.has("packets")) {
            return;
        }
        JsonObject out = answer.getAsJsonObject("packets").getAsJsonObject("out");
        JsonObject in = answer.getAsJsonObject("packets").getAsJsonObject("in");
        text.append(String.format("%n%-24s %12s %12s%n", "packets", "out", "in"));
        for (Map.Entry<String, JsonElement> verdict : out.entrySet()) {
            text.append(
                    String.format(
                            "%-24s %12s %12s%n",
                            verdict.getKey(),
                            verdict.getValue().getAsString(),
                            in.get(verdict.getKey()).getAsString()));
        }
    }

    @Override
    String print(JsonObject answer) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonElement> counter :
                answer.getAsJsonObject("counters").entrySet()) {
            text.append(
                    String.format(
                            "%-12s %s%n", counter.getKey(), counter.getValue().getAsString()));
        }
        packets(answer, text);
        return text.toString();
    }
}
