package org.keysock.tools.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pfkey ctl}: looks at and steers a running emulator by its control socket. */
@Command(
        name = "ctl",
        description = "Looks at and steers a running emulator.",
        mixinStandardHelpOptions = true,
        versionProvider = Pfkey.Version.class,
        synopsisSubcommandLabel = "VERB")
final class Ctl implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    private Ctl() {}

    /** The command with all its verbs: a new verb is a line here. */
    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new Ctl())
                .addSubcommand(new CtlStatus(around))
                .addSubcommand(new CtlSessions(around))
                .addSubcommand(
                        new CommandLine(new CtlClock(around))
                                .addSubcommand(new CtlClock.Advance(around)))
                .addSubcommand(new CtlAcquire(around))
                .addSubcommand(new CtlUse(around))
                .addSubcommand(new CtlSa(around))
                .addSubcommand(new CtlWiresharkKeys(around))
                .addSubcommand(new CtlStats(around));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }
}
