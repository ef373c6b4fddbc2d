package org.keysock.kernel.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pfkey run}: a private emulated kernel for the life of a command. */
@Command(
        name = "pfkey run",
        description = {
            "Runs a command with an emulated kernel of its own, which ends with it.",
            "The exit code is the command's: 128+N when signal N ended it, 126 or 127 when it"
                    + " could not be started."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Serve.Version.class)
public final class Run implements Callable<Integer> {

    /** Set by the launcher: where the preload library is once it has been built. */
    private static final String PRELOAD = "pfkey.preload";

    /** Set by the launcher: where the program that preloading is not needed with is. */
    private static final String SECCOMP = "pfkey.seccomp";

    private static final int FAILED = 1;

    private final CommandProcess process = new CommandProcess();

    @Mixin private final KernelArguments arguments = new KernelArguments();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "What the command's native key sockets speak (default: linux).")
    private String dialect = DialectName.LINUX.text();

    @Option(
            names = "--seccomp",
            description = {
                "Reaches native programs through a filter of their system calls, not through the",
                "preload library: also those that are linked statically, or written in Go."
            })
    private boolean seccomp;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command to run.")
    private List<String> command = new ArrayList<>();

    private Run() {}

    /** Runs the command; the process ends with its status. */
    public static void main(String[] args) {
        Run run = new Run();
        HostSignals.receive(run.process::signal);
        System.exit(KernelArguments.commandLine(run).setStopAtPositional(true).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        arguments.startLog();
        DialectName spoken =
                DialectName.of(dialect)
                        .filter(KernelRules::has)
                        .orElseThrow(
                                () -> arguments.wrong("there is no kernel of dialect " + dialect));
        Logger log = LoggerFactory.getLogger(Run.class);
        if (seccomp && launcher() == null) {
            System.err.println(
                    "pfkey run: --seccomp: tools/shim/pfkey-seccomp is not built (it needs a C"
                            + " compiler)");
            return CommandProcess.NOT_EXECUTABLE;
        }
        if (arguments.seed() != null) {
            System.err.println("pfkey run: seed " + arguments.seed());
        }
        Path named = arguments.dir();
        try {
            if (named != null) {
                return run(named, spoken);
            }
            try (PrivateFolder ours = PrivateFolder.create()) {
                return run(ours.path(), spoken);
            }
        } catch (IOException failed) {
            log.error("{}", failed.getMessage());
            return FAILED;
        }
    }

    private int run(Path folder, DialectName spoken) throws IOException, InterruptedException {
        try (PfKeyServer server = start(folder)) {
            return process.run(started(), environment(server.folder(), spoken));
        }
    }

    /** What is started: the command, or what starts it. */
    private List<String> started() {
        String launcher = launcher();
        if (!seccomp || launcher == null) {
            return command;
        }
        List<String> words = new ArrayList<>(List.of(launcher));
        words.addAll(command);
        return words;
    }

    private PfKeyServer start(Path folder) throws IOException {
        ServerOptions options = arguments.options(folder);
        try {
            return PfKeyServer.start(options);
        } catch (IllegalArgumentException wrongSwitch) {
            throw arguments.wrong(String.valueOf(wrongSwitch.getMessage()));
        }
    }

    private Map<String, String> environment(Path folder, DialectName dialect) {
        Map<String, String> set = new HashMap<>();
        set.put("PFKEY_DIR", folder.toString());
        set.put("PFKEY_SOCKET", folder.resolve(dialect.text() + ".sock").toString());
        String library = built(PRELOAD);
        if (library != null && !seccomp) {
            set.put("LD_PRELOAD", library);
        }
        return set;
    }

    private static @Nullable String launcher() {
        return built(SECCOMP);
    }

    /** The file that a property names, if it is there. */
    private static @Nullable String built(String property) {
        @Nullable String file = System.getProperty(property);
        return file != null && Files.exists(Path.of(file)) ? file : null;
    }
}
