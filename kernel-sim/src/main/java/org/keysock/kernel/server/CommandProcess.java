package org.keysock.kernel.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command that a private emulator lives for. It has this process's standard streams, terminal
 * and process group, and is passed the signals that this process receives.
 */
final class CommandProcess {

    /** Exit code when a command was found and could not be started, as of a shell. */
    static final int NOT_EXECUTABLE = 126;

    /** Exit code when there is no such command, as of a shell. */
    static final int NOT_FOUND = 127;

    /** ENOENT as JDKs word it: {@code error=2,} and later {@code error: 2}. */
    private static final Pattern NO_SUCH_FILE = Pattern.compile("error\\W+2\\b");

    private final List<String> early = new ArrayList<>();
    private @Nullable Process process;

    /**
     * Runs a command to its end. Returns its exit code: 128+N when signal N ended it, {@link
     * #NOT_EXECUTABLE} or {@link #NOT_FOUND} when it did not start, which is told on standard
     * error.
     *
     * @param environment what is set for it besides this process's own variables
     */
    int run(List<String> command, Map<String, String> environment) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        Process started;
        try {
            started = builder.start();
        } catch (IOException failed) {
            boolean missing = NO_SUCH_FILE.matcher(String.valueOf(failed.getMessage())).find();
            System.err.println(
                    "pfkey run: "
                            + command.get(0)
                            + (missing ? ": not found" : ": cannot be started"));
            return missing ? NOT_FOUND : NOT_EXECUTABLE;
        }
        begun(started);
        return started.waitFor();
    }

    private synchronized void begun(Process started) {
        process = started;
        early.forEach(name -> send(name, started));
    }

    /** Passes a signal on; one that comes before the command runs is kept for it. */
    synchronized void signal(String name) {
        if (process == null) {
            early.add(name);
        } else if (!(name.equals("INT") && HostSignals.typedSignalsReachChildren())) {
            send(name, process);
        }
    }

    private static void send(String name, Process process) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -s $0 $1", name, "" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noKill) {
            process.destroy();
        }
    }
}
