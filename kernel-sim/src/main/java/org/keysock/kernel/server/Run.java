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
import picocli.CommandLine;
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

    private static final int FAILED = 1;

    private final CommandProcess process = new CommandProcess();

    @Mixin private final KernelArguments arguments = new KernelArguments();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "What the command's native key sockets speak (default: linux).")
    private String dialect = DialectName.LINUX.text();

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command to run.")
    private List<String> command = new ArrayList<>();

    private Run() {}

    /** Runs the command; the process ends with its status. */
    public static void main(String[] args) {
        Run run = new Run();
        HostSignals.receive(run.process::signal);
        System.exit(new CommandLine(run).setStopAtPositional(true).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        arguments.startLog();
        DialectName spoken =
                DialectName.of(dialect)
                        .orElseThrow(() -> arguments.wrong("there is no dialect " + dialect));
        Logger log = LoggerFactory.getLogger(Run.class);
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
            return process.run(command, environment(server.folder(), spoken));
        }
    }

    private PfKeyServer start(Path folder) throws IOException {
        ServerOptions options = arguments.options(folder);
        try {
            return PfKeyServer.start(options);
        } catch (IllegalArgumentException wrongSwitch) {
            throw arguments.wrong(String.valueOf(wrongSwitch.getMessage()));
        }
    }

    private static Map<String, String> environment(Path folder, DialectName dialect) {
        Map<String, String> set = new HashMap<>();
        set.put("PFKEY_DIR", folder.toString());
        set.put("PFKEY_SOCKET", folder.resolve(dialect.text() + ".sock").toString());
        @Nullable String library = System.getProperty(PRELOAD);
        if (library != null && Files.exists(Path.of(library))) {
            set.put("LD_PRELOAD", library);
        }
        return set;
    }
}
