package org.keysock.tools.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pfkey ctl acquire}: a packet that no SA is there for. */
@Command(
        name = "acquire",
        description = {
            "Lets a packet leave that no SA may be there for.",
            "Prints its policy and the number of the ACQUIRE that key managers hear of."
        })
final class CtlAcquire extends CtlVerb {

    @Parameters(
            arity = "2..3",
            paramLabel = "[TYPE] SOURCE DESTINATION",
            hideParamSyntax = true,
            description = {
                "The packet's source and destination address. With a TYPE (ah, esp, ...) the SA is",
                "needed whatever the policies say."
            })
    private List<String> words = List.of();

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
        int addresses = words.size() - 2;
        if (addresses > 0) {
            request.addProperty("type", words.get(0));
        }
        request.addProperty("src", words.get(addresses));
        request.addProperty("dst", words.get(addresses + 1));
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
        if (!answer.has("action")) {
            return acquire(answer);
        }
        JsonElement action = answer.get("action");
        if (action.isJsonNull()) {
            return "no policy: the packet passes unprotected\n";
        }
        String policy = "policy " + answer.get("policy").getAsString() + ": ";
        return switch (action.getAsString()) {
            case "discard" -> policy + "the packet is dropped\n";
            case "none" -> policy + "the packet passes unprotected\n";
            default -> policy + acquire(answer);
        };
    }

    private static String acquire(JsonObject answer) {
        JsonElement number = answer.get("acquire");
        return number == null || number.isJsonNull()
                ? "no ACQUIRE: an SA is there, or one is being acquired, or nobody listens\n"
                : "ACQUIRE " + number.getAsString() + "\n";
    }
}
