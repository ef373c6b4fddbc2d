package org.keysock.tools.ipseckey;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;
import org.keysock.tools.ipseckey.CommandParser.RefusedFromShell;
import org.keysock.tools.ipseckey.CommandParser.UnknownCommand;
import org.keysock.tools.ipseckey.Complaints.Abandoned;

/** Carries out command after command, from a file or from standard input: solaris.md 4.3. */
final class ReadLoop {

    private static final int GROUP_AND_OTHERS = 077;

    private final Surroundings surroundings;
    private final Output out;
    private final Output err;
    private final Options options;
    private final ServiceManager manager;
    private final CommandParser parser;
    private final Executor executor;
    private final Pipeline pipeline;

    ReadLoop(
            Surroundings surroundings,
            Options options,
            ServiceManager manager,
            CommandParser parser,
            Executor executor,
            Pipeline pipeline) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.options = options;
        this.manager = manager;
        this.parser = parser;
        this.executor = executor;
        this.pipeline = pipeline;
    }

    /**
     * What is typed, to its end. On a terminal there is a prompt before each command; elsewhere, as
     * with the original, only behind commands that return to it.
     */
    int typed() throws Exit {
        executor.reach();
        Interrupts.heed(false);
        boolean terminal = surroundings.terminal();
        try (LineSource source =
                terminal ? new TerminalSource(surroundings) : new StreamSource(surroundings.in())) {
            LineReader lines = new LineReader(source);
            while (true) {
                try {
                    String line = lines.next();
                    if (line == null) {
                        return 0;
                    }
                    if (!LineReader.comment(line) && returns(line) && !terminal) {
                        out.print(TerminalSource.PROMPT).flush();
                    }
                } catch (LineReader.TooLong e) {
                    out.flush();
                    err.print("Line too long (max=4096 chars)\n");
                } catch (InterruptedIOException e) {
                    // that command was given up
                } catch (IOException e) {
                    return 0;
                }
            }
        }
    }

    /** Carries a line out; whether it comes back to the prompt. */
    private boolean returns(String line) throws Exit {
        List<String> words = Words.of(line);
        return words.isEmpty() || execute(words).returned();
    }

    /** A command file; the exit code of the program. */
    int file(String name) throws Exit {
        try (InputStream in = opened(name)) {
            if (!options.checkOnly()) {
                executor.reach();
            }
            if (manager.present() && !options.checkOnly()) {
                out.print("Flushing existing SA's before adding new SA's\n");
                if (!executor.flush(SaTypeWord.ALL).good()) {
                    throw Exit.fatal();
                }
            }
            return all(new LineReader(new StreamSource(in)), name);
        } catch (IOException e) {
            out.print("ipseckey: Unable to read configuration file: " + name + "\n\n");
            throw Exit.fatal();
        }
    }

    private int all(LineReader lines, String name) throws IOException, Exit {
        int quits = 0;
        try {
            for (String line = next(lines); line != null; line = next(lines)) {
                List<String> words = LineReader.comment(line) ? List.of() : Words.of(line);
                if (!words.isEmpty()) {
                    pipeline.carryOut(lines.lineNumber(), line, words);
                }
            }
        } catch (Exit quit) {
            // the original ends with success here, whatever was refused before
            if (quit.code() != 0 || pipeline.good() == pipeline.parsed() - 1) {
                throw quit;
            }
            quits = 1;
        }
        int parsed = pipeline.parsed() - quits;
        int good = pipeline.good();
        if (manager.present()) {
            out.print(
                    good == parsed ? manager.succeeded(good) : manager.failed(parsed - good, name));
        } else if (good == 0 && parsed > 0) {
            out.print("ipseckey: Configuration file did not contain any valid SAs\n");
        }
        if (good < parsed) {
            if (options.verbose()) {
                out.flush();
                err.print(good + " of " + parsed + " commands are valid.\n");
            }
            throw Exit.fatal();
        }
        return 0;
    }

    /** The next command; at the end and before an error, when those before it are done. */
    private @Nullable String next(LineReader lines) throws IOException, Exit {
        try {
            String line = lines.next();
            if (line == null) {
                pipeline.finish();
            }
            return line;
        } catch (LineReader.TooLong e) {
            pipeline.finish();
            out.print("ipseckey: " + e.getMessage() + "\n");
            throw Exit.fatal();
        } catch (IOException e) {
            pipeline.finish();
            throw e;
        }
    }

    private Outcome execute(List<String> words) throws Exit {
        try {
            return executor.execute(parser.parse(words));
        } catch (Abandoned e) {
            return Outcome.FAILED;
        } catch (UnknownCommand e) {
            return executor.unknown(words.get(0));
        } catch (RefusedFromShell e) {
            throw new IllegalStateException("a read loop is no shell", e);
        }
    }

    /** The file, if it is one that commands may come from. */
    private InputStream opened(String name) throws IOException, Exit {
        Path file = surroundings.file(name);
        if (!Files.exists(file)) {
            out.print("ipseckey: Invalid pathname: " + name + "\n\n");
            throw Exit.fatal();
        }
        if (!Files.isRegularFile(file)) {
            out.print("ipseckey: " + name + " - Not a regular file\n\n");
            throw Exit.fatal();
        }
        if (!guarded(file)) {
            if (manager.present()) {
                out.print("ipseckey: Config file " + name + " has insecure permissions.\n");
                throw Exit.fatal();
            }
            err.print("Config file " + name + " has insecure permissions, ");
            err.print("will be rejected in permanent config.\n");
        }
        return new FileInputStream(file.toFile());
    }

    /** Whether the file is root's or ours, and nobody else may read or write it. */
    private static boolean guarded(Path file) throws IOException {
        int mode = (Integer) Files.getAttribute(file, "unix:mode");
        int owner = (Integer) Files.getAttribute(file, "unix:uid");
        int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return (mode & GROUP_AND_OTHERS) == 0 && (owner == 0 || owner == own);
    }
}
