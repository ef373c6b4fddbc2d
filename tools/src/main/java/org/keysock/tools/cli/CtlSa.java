package org.keysock.tools.cli;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pfkey ctl sa}: what no dialect can say of an SA. */
@Command(
        name = "sa",
        description = {
            "Shows and changes how an SA's packets are built and checked.",
            "It is for what no key socket can say."
        })
final class CtlSa extends CtlVerb {

    @Parameters(index = "0", paramLabel = "TYPE", description = "esp or ah.")
    private String type = "";

    @Parameters(index = "1", paramLabel = "SPI", description = "Decimal, or 0x and hexadecimal.")
    private String spi = "";

    @Parameters(index = "2", paramLabel = "DESTINATION", description = "The SA's destination.")
    private String destination = "";

    @Option(
            names = "--extended-sequence",
            arity = "1",
            paramLabel = "true|false",
            description = {
                "Whether sequence numbers have 64 bits, of which 32 are sent (RFC 4303 2.2.1).",
                "Both ends must be told before the first packet."
            })
    private @Nullable Boolean extendedSequence;

    @Option(
            names = "--window",
            paramLabel = "PACKETS",
            description = "Replay window, 1 to 4096; before the first packet.")
    private @Nullable Integer window;

    @Option(
            names = "--tfc",
            paramLabel = "BYTES",
            description = {
                "Fill up what a tunnel carries to so many bytes against traffic analysis, 0 for",
                "not at all (RFC 4303 2.7)."
            })
    private @Nullable Integer tfc;

    CtlSa(Surroundings around) {
        super("sa", around);
    }

    @Override
    void ask(JsonObject request) {
        request.addProperty("type", type);
        request.addProperty("spi", spi);
        request.addProperty("dst", destination);
        if (extendedSequence != null) {
            request.addProperty("extendedSequence", extendedSequence);
        }
        if (window != null) {
            request.addProperty("window", window);
        }
        if (tfc != null) {
            request.addProperty("tfc", tfc);
        }
    }

    @Override
    String print(JsonObject answer) {
        return "extended sequence numbers "
                + (answer.get("extendedSequence").getAsBoolean() ? "on" : "off")
                + ", replay window "
                + answer.get("window").getAsString()
                + ", payload filled up to "
                + answer.get("tfc").getAsString()
                + "\n";
    }
}
