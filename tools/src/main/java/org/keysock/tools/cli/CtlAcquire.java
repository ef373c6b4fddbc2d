package org.keysock.tools.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pfkey ctl acquire}: a packet that no SA is there for. */
@Command(
        name = "acquire",
        description = {
            "Lets the kernel need an SA, as if a policy had asked for one for a packet.",
            "Prints the number of the ACQUIRE that key managers hear of."
        })
final class CtlAcquire extends CtlVerb {

    @Parameters(index = "0", paramLabel = "TYPE", description = "ah, esp or another SA type.")
    private String type = "";

    @Parameters(index = "1", paramLabel = "SOURCE", description = "The packet's source address.")
    private String source = "";

    @Parameters(index = "2", paramLabel = "DESTINATION", description = "Its destination address.")
    private String destination = "";

    @Option(
            names = "--protocol",
            paramLabel = "NUMBER",
            description = "Its upper-layer protocol (default: any).")
    private int protocol;

    @Option(names = "--source-port", paramLabel = "PORT", description = "Default: any.")
    private int sourcePort;

    @Option(names = "--destination-port", paramLabel = "PORT", description = "Default: any.")
    private int destinationPort;

    @Option(names = "--unique", description = "The policy wants an SA of its own.")
    private boolean unique;

    @Option(
            names = "--tunnel-source",
            paramLabel = "ADDRESS",
            description = "The policy wants a tunnel; together with --tunnel-destination.")
    private @Nullable String tunnelSource;

    @Option(
            names = "--tunnel-destination",
            paramLabel = "ADDRESS",
            description = "The other end of the tunnel.")
    private @Nullable String tunnelDestination;

    CtlAcquire(Surroundings around) {
        super("acquire", around);
    }

    @Override
    void ask(JsonObject request) {
        request.addProperty("type", type);
        request.addProperty("src", source);
        request.addProperty("dst", destination);
        request.addProperty("protocol", protocol);
        request.addProperty("srcPort", sourcePort);
        request.addProperty("dstPort", destinationPort);
        request.addProperty("unique", unique);
        if (tunnelSource != null) {
            request.addProperty("tunnelSrc", tunnelSource);
        }
        if (tunnelDestination != null) {
            request.addProperty("tunnelDst", tunnelDestination);
        }
    }

    @Override
    String print(JsonObject answer) {
        JsonElement number = answer.get("acquire");
        return number == null || number.isJsonNull()
                ? "no ACQUIRE: an SA is there, or one is being acquired, or nobody listens\n"
                : "ACQUIRE " + number.getAsString() + "\n";
    }
}
