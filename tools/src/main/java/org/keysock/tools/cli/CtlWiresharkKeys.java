package org.keysock.tools.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pfkey ctl wireshark-keys}: the SAs in the words of programs that read packets. */
@Command(
        name = "wireshark-keys",
        description = {
            "Prints the ESP SAs with their keys as lines of Wireshark's file esp_sa.",
            "Each is also what follows uat:esp_sa: in an option -o of tshark. An SA that the",
            "program has no words for is a line of comment."
        })
final class CtlWiresharkKeys extends CtlVerb {

    @Option(
            names = "--tcpdump",
            description = "Lines for a file F instead, which tcpdump -E 'file F' reads.")
    private boolean tcpdump;

    CtlWiresharkKeys(Surroundings around) {
        super("keys", around);
    }

    @Override
    void ask(JsonObject request) {}

    @Override
    String print(JsonObject answer) {
        StringBuilder text = new StringBuilder();
        for (JsonElement each : answer.getAsJsonArray("sas")) {
            JsonObject sa = each.getAsJsonObject();
            if (sa.get("type").getAsString().equals("esp")) {
                text.append(tcpdump ? DissectorKeys.tcpdump(sa) : DissectorKeys.wireshark(sa));
                text.append('\n');
            }
        }
        return text.toString();
    }
}
