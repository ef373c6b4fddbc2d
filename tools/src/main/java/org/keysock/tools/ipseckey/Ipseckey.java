package org.keysock.tools.ipseckey;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.keysock.pfkey.socket.EmulatorFolder;
import org.keysock.tools.cli.Dates;
import org.keysock.tools.cli.HostNames;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;
import org.keysock.tools.ipseckey.CommandParser.Mode;
import org.keysock.tools.ipseckey.CommandParser.RefusedFromShell;
import org.keysock.tools.ipseckey.CommandParser.UnknownCommand;
import org.keysock.tools.ipseckey.Complaints.Abandoned;

/**
 * The command {@code ipseckey}: reads its options, then carries out one command, a file of
 * commands, or what is typed.
 */
public final class Ipseckey {

    private static final String USAGE =
            """
            Usage:\tipseckey [-nvp] [command [sa_type] [token value]...]
            \tipseckey [-nvp] -f file
            \tipseckey [-nvp] -c file
            \tipseckey [-nvp] -s file
            """;

    /** What a shell says of a program that SIGPIPE ended. */
    private static final int BROKEN_PIPE = 128 + 13;

    private static final String FATAL = "ipseckey: Fatal error - exiting.\n";

    private final Surroundings surroundings;
    private final Output out;
    private final Output err;
    private final Options options;

    private Ipseckey(Surroundings surroundings, Options options) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.options = options;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        if (listens(args)) {
            Interrupts.reachThisThread();
        }
        Surroundings surroundings =
                new Surroundings(
                        new FileInputStream(FileDescriptor.in),
                        new Output(new FileOutputStream(FileDescriptor.out)),
                        new Output(new FileOutputStream(FileDescriptor.err)),
                        System.getenv(),
                        Path.of(""),
                        typed(args) && terminal("0") && terminal("1"));
        int code = run(args, surroundings);
        System.exit(code);
    }

    /** Runs the command; its exit code. */
    public static int run(String[] args, Surroundings surroundings) {
        Output out = surroundings.out();
        int code = said(args, surroundings);
        out.flush();
        if (out.deserted()) {
            code = BROKEN_PIPE;
        } else if (out.failed()) {
            surroundings.err().print("ipseckey: standard output: " + out.failure() + "\n");
            code = Math.max(code, 1);
        }
        surroundings.err().flush();
        return code;
    }

    /** Runs the command; its exit code if all that it says can be written. */
    private static int said(String[] args, Surroundings surroundings) {
        Output out = surroundings.out();
        Output err = surroundings.err();
        try {
            return new Ipseckey(surroundings, Options.parse(args)).run();
        } catch (Options.Misuse e) {
            String message = e.getMessage();
            if (message != null && !message.isEmpty()) {
                err.print("ipseckey: " + message + "\n");
            }
            err.print(USAGE);
            out.print(FATAL);
            return 1;
        }
    }

    /** Whether commands come from standard input. */
    private static boolean typed(String[] args) {
        for (String arg : args) {
            if (!arg.startsWith("-") || arg.indexOf('f') > 0 || arg.indexOf('c') > 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a descriptor is a person's: {@code System.console} tells it no more since JDK 22. */
    private static boolean terminal(String descriptor) {
        try {
            Path file = Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor));
            return file.startsWith("/dev/pts") || file.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the command may wait for messages, which an interrupt ends. */
    private static boolean listens(String[] args) {
        for (String arg : args) {
            if (arg.endsWith("monitor")) {
                return true;
            }
        }
        return typed(args);
    }

    private int run() {
        ServiceManager manager = ServiceManager.of(surroundings.env());
        try {
            Names names = names();
            Path folder = EmulatorFolder.of(surroundings.env());
            MessagePrinter printer =
                    new MessagePrinter(options, names, new Dates(surroundings.env()), folder);
            try (KeyLink link = new KeyLink(folder, out, err, options.verbose() ? printer : null)) {
                Complaints complaints = new Complaints(out, manager.present());
                Mode mode =
                        options.commandFile() != null
                                ? Mode.FILE
                                : options.words().isEmpty() ? Mode.INTERACTIVE : Mode.SHELL;
                CommandParser parser = new CommandParser(mode, names, complaints);
                Executor executor =
                        new Executor(surroundings, options, link, printer, complaints, parser);
                Pipeline pipeline = new Pipeline(out, link, complaints, parser, executor);
                return run(manager, parser, executor, pipeline);
            }
        } catch (Exit e) {
            if (e.fatalLine()) {
                out.print(manager.present() ? manager.badConfiguration() : FATAL);
            }
            boolean configuration = e.fatalLine() && manager.present();
            return configuration ? ServiceManager.CONFIGURATION_ERROR : e.code();
        }
    }

    private int run(
            ServiceManager manager, CommandParser parser, Executor executor, Pipeline pipeline)
            throws Exit {
        String commandFile = options.commandFile();
        String saveFile = options.saveFile();
        if (saveFile != null) {
            if (!executor.save(saveFile).good()) {
                throw Exit.fatal();
            }
            return 0;
        }
        if (commandFile == null && !options.words().isEmpty()) {
            return one(options.words(), parser, executor);
        }
        ReadLoop loop = new ReadLoop(surroundings, options, manager, parser, executor, pipeline);
        return commandFile == null ? loop.typed() : loop.file(commandFile);
    }

    /** The command whose words the shell gave. */
    private int one(List<String> words, CommandParser parser, Executor executor) throws Exit {
        try {
            if (!executor.execute(parser.parse(words)).good()) {
                throw Exit.fatal();
            }
            return 0;
        } catch (Abandoned e) {
            throw Exit.fatal();
        } catch (UnknownCommand e) {
            err.print("ipseckey: Unknown command (" + e.getMessage() + ").\n\n").print(USAGE);
            throw Exit.fatal();
        } catch (RefusedFromShell e) {
            err.print("ipseckey: can't do ADD or UPDATE from the command line.\n\n");
            throw Exit.with(1);
        }
    }

    private Names names() throws Exit {
        try {
            return new Names(options.numeric() ? null : HostNames.configured());
        } catch (IOException e) {
            out.flush();
            err.print("ipseckey: " + HostNames.file() + " cannot be read\n");
            throw Exit.fatal();
        }
    }
}
