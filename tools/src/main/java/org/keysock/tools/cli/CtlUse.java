package org.keysock.tools.cli;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pfkey ctl use}: packets through an SA. */
@Command(
        name = "use",
        description = "Charges an SA with packets, as if they had passed through it.")
final class CtlUse extends CtlVerb {

    @Parameters(index = "0", paramLabel = "TYPE", description = "ah, esp or another SA type.")
    private String type = "";

    @Parameters(index = "1", paramLabel = "SPI", description = "Decimal, or 0x and hexadecimal.")
    private String spi = "";

    @Parameters(index = "2", paramLabel = "DESTINATION", description = "The SA's destination.")
    private String destination = "";

    @Option(names = "--bytes", paramLabel = "NUMBER", description = "All together (default: 0).")
    private long bytes;

    @Option(names = "--packets", paramLabel = "NUMBER", description = "How many (default: 1).")
    private @Nullable Long packets;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "From where the packets of a NAT-T SA came (default: not looked at).")
    private @Nullable String from;

    @Option(names = "--from-port", paramLabel = "PORT", description = "Default: the SA's.")
    private @Nullable Integer fromPort;

    CtlUse(Surroundings around) {
        super("use", around);
    }

    @Override
    void ask(JsonObject request) {
        request.addProperty("type", type);
        request.addProperty("spi", spi);
        request.addProperty("dst", destination);
        request.addProperty("bytes", bytes);
        if (packets != null) {
            request.addProperty("packets", packets);
        }
        if (from != null) {
            request.addProperty("from", from);
        }
        if (fromPort != null) {
            request.addProperty("fromPort", fromPort);
        }
    }

    @Override
    String print(JsonObject answer) {
        return answer.get("passed").getAsBoolean() ? "passed\n" : "refused: the SA is at its end\n";
    }
}
