package org.keysock.tools.cli;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pfkey ctl clock [advance SECONDS]}. */
@Command(name = "clock", description = "Shows the emulator's clock.")
final class CtlClock extends CtlVerb {

    CtlClock(Surroundings around) {
        super("clock", around);
    }

    @Override
    void ask(JsonObject request) {}

    @Override
    String print(JsonObject answer) {
        return clock(answer) + "\n";
    }

    /** {@code advance}: virtual time moves, and what falls due meanwhile happens. */
    @Command(
            name = "advance",
            description = {
                "Moves a virtual clock.",
                "When it returns, what became due has happened and every listener has been told."
            })
    static final class Advance extends CtlVerb {

        @Parameters(paramLabel = "SECONDS", description = "At most three decimals.")
        private @Nullable BigDecimal seconds;

        Advance(Surroundings around) {
            super("clock", around);
        }

        @Override
        void ask(JsonObject request) {
            request.addProperty("advance", seconds);
        }

        @Override
        String print(JsonObject answer) {
            return clock(answer) + "\n";
        }
    }
}
