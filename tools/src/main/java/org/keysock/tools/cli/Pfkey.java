package org.keysock.tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The commands of our own that are clients of an emulator: everything in {@code pfkey} but {@code
 * serve} and {@code run}, which the launcher starts with the kernel's class path.
 *
 * <p>Exit codes: 0 success, 1 the request failed, 2 wrong usage, 3 the emulator cannot be reached.
 */
@Command(
        name = "pfkey",
        description = "A PF_KEY v2 key engine in user space.",
        mixinStandardHelpOptions = true,
        versionProvider = Pfkey.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "The emulated kernel itself:",
            "  serve    Runs the kernel in the foreground: pfkey serve --help",
            "  run      Runs a command with a private kernel: pfkey run --help"
        })
public final class Pfkey implements Callable<Integer> {

    /** The request failed. */
    static final int FAILED = 1;

    /** The command was called wrongly. */
    static final int WRONG_USAGE = 2;

    /** The emulator cannot be reached. */
    static final int UNREACHABLE = 3;

    @Spec private CommandSpec spec = CommandSpec.create();

    private Pfkey() {}

    /** Runs one command as a process. */
    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(false), args));
    }

    /** Runs one command; returns its exit code. */
    static int run(Surroundings around, String... args) {
        try (PrintWriter out = new PrintWriter(around.out().asWriter(), true);
                PrintWriter err = new PrintWriter(around.err().asWriter(), true)) {
            return new CommandLine(new Pfkey())
                    .addSubcommand(new Decode(around))
                    .addSubcommand(new Monitor(around))
                    .addSubcommand(new Pcap(around))
                    .addSubcommand(Ctl.commandLine(around))
                    .setOut(out)
                    .setErr(err)
                    .registerConverter(BigDecimal.class, Pfkey::number)
                    .setParameterExceptionHandler(
                            (wrong, arguments) -> {
                                String name =
                                        wrong.getCommandLine().getCommandSpec().qualifiedName();
                                err.println(name + ": " + wrong.getMessage());
                                err.println("Try '" + name + " --help'.");
                                return WRONG_USAGE;
                            })
                    .setExecutionExceptionHandler(
                            (failure, command, parsed) -> {
                                if (failure instanceof Unreachable) {
                                    err.println("pfkey: " + failure.getMessage());
                                    return UNREACHABLE;
                                }
                                if (failure instanceof RequestFailed
                                        || failure instanceof IOException) {
                                    err.println("pfkey: " + failure.getMessage());
                                    return FAILED;
                                }
                                throw failure;
                            })
                    .execute(args);
        }
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a number");
        }
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The project's version, as the build wrote it down. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties written = new Properties();
            try (InputStream in = Pfkey.class.getResourceAsStream("version.properties")) {
                written.load(in);
            }
            return new String[] {"pfkey " + written.getProperty("version")};
        }
    }
}
