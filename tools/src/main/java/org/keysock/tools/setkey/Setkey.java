package org.keysock.tools.setkey;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.EmulatorFolder;
import org.keysock.pfkey.text.StrerrorText;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.tools.cli.HostNames;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.ProcessId;
import org.keysock.tools.cli.Surroundings;
import org.keysock.tools.setkey.Options.Modifier;

/** The command {@code setkey}: reads its options, then does the one thing they ask for. */
public final class Setkey {

    private static final String VERSION = "setkey of pfkey, after ipsec-tools 0.9.1\n";
    private static final String USAGE =
            """
            usage: setkey [-nvHkr] -c
                   setkey [-nvHkr] -f file
                   setkey [-alpvHN] -D [-P]
                   setkey [-vH] -F [-P]
                   setkey [-H] -x
                   setkey [-alp] file ...
                   setkey -V | -h
            """;
    private static final String STANDARD_INPUT = "-";
    private static final long SECOND = 1000;

    private final Surroundings surroundings;
    private final Output out;
    private final Output err;
    private final Options options;
    private final Path folder;
    private final Moments moments;
    private final Report report;
    private final int pid = ProcessId.own();

    private Setkey(Surroundings surroundings, Options options) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
        this.err = surroundings.err();
        this.options = options;
        this.folder = EmulatorFolder.of(surroundings.env());
        this.moments = new Moments(surroundings.env(), folder);
        this.report = new Report(out, err, options, moments);
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args, Surroundings.ofProcess(false)));
    }

    /** Runs the command; its exit code. */
    public static int run(String[] args, Surroundings surroundings) {
        try {
            return new Setkey(surroundings, Options.parse(args, surroundings.err())).run();
        } catch (Stop e) {
            surroundings.out().flush();
            if (!ending()) {
                surroundings.err().print("setkey: " + e.getMessage() + "\n");
            }
            return 1;
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    /** Whether a signal ends us: the kernel may have had it too, and is not to blame. */
    private static boolean ending() {
        try {
            Thread probe = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private int run() throws Stop {
        return switch (options.mode()) {
            case USAGE -> {
                out.print(VERSION).print(USAGE);
                yield 1;
            }
            case FILES -> {
                for (String file : options.files()) {
                    recorded(file);
                }
                yield 0;
            }
            default -> {
                try (KernelTalk talk = KernelTalk.open(folder, options, out, err, report)) {
                    yield run(talk);
                }
            }
        };
    }

    private int run(KernelTalk talk) throws Stop {
        String script = options.script();
        switch (options.mode()) {
            case DUMP -> dump(talk);
            case FLUSH -> talk.ask(about(MessageType.FLUSH, MessageType.X_SPDFLUSH));
            case MONITOR -> new PromiscuousEar(out, options, moments).listen(talk, pid);
            default -> {
                return script == null ? typed(talk) : script(talk, script);
            }
        }
        return 0;
    }

    private SadbMessage about(MessageType sas, MessageType policies) {
        return Requests.bare(options.has(Modifier.POLICIES) ? policies : sas, SaType.UNSPEC, pid);
    }

    private void dump(KernelTalk talk) throws Stop {
        if (options.has(Modifier.ENDLESS)) {
            out.print(ShortPrinter.HEADING);
        }
        do {
            talk.ask(about(MessageType.DUMP, MessageType.X_SPDDUMP));
        } while (options.has(Modifier.ENDLESS) && aSecondLater());
    }

    private boolean aSecondLater() {
        out.flush();
        try {
            Thread.sleep(SECOND);
            return !out.failed();
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Context context(KernelTalk talk) throws Stop {
        try {
            return new Context(HostNames.configured(), talk.register(pid), options.kame(), pid);
        } catch (IOException e) {
            throw new Stop(HostNames.file() + " cannot be read");
        }
    }

    /** {@code -c}: an error costs its own command alone. */
    private int typed(KernelTalk talk) throws Stop {
        Context context = context(talk);
        Tokens tokens = new Tokens(new BufferedInputStream(surroundings.in()));
        boolean going = true;
        try {
            while (going) {
                going = carriesOn(tokens, context, talk);
                out.flush();
            }
            return 0;
        } catch (UncheckedIOException e) {
            throw unreadable(STANDARD_INPUT, e.getCause());
        }
    }

    /** Carries a command out; whether there may be more. */
    private boolean carriesOn(Tokens tokens, Context context, KernelTalk talk) throws Stop {
        try {
            Statement statement = Commands.next(tokens, context);
            return statement != null && statement.run(talk);
        } catch (ScriptError e) {
            err.flush();
            out.print(e.getMessage());
            tokens.skipCommand();
            return true;
        }
    }

    /** {@code -f}: the first error ends the script; what stood before it has been done. */
    private int script(KernelTalk talk, String file) throws Stop {
        try (InputStream in = opened(file)) {
            Context context = context(talk);
            Tokens tokens = new Tokens(in);
            boolean going = true;
            while (going) {
                Statement statement = Commands.next(tokens, context);
                report.at(file, tokens.line());
                going = statement != null && statement.run(talk);
            }
            return 0;
        } catch (ScriptError e) {
            report.place(file, e.line(), e.getMessage());
            report.place(file, e.line(), "parse failed");
            return 1;
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private InputStream opened(String file) throws IOException {
        return new BufferedInputStream(
                file.equals(STANDARD_INPUT)
                        ? surroundings.in()
                        : Files.newInputStream(surroundings.file(file)));
    }

    private Stop unreadable(String file, @Nullable IOException e) {
        Errno errno = Errno.EIO;
        if (e instanceof NoSuchFileException) {
            errno = Errno.ENOENT;
        } else if (e instanceof AccessDeniedException) {
            errno = Errno.EACCES;
        } else if (Files.isDirectory(surroundings.file(file))) {
            errno = Errno.EISDIR;
        }
        return new Stop(file + ": " + StrerrorText.of(errno));
    }

    /** Shows the messages that a file holds, one behind the other. */
    private void recorded(String file) throws Stop {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(surroundings.file(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        MessageReader reader = MessageReader.ofReplies(Numbers.LINUX);
        int at = 0;
        while (at < bytes.length) {
            boolean header = bytes.length - at >= BaseHeader.BYTES;
            int length = header ? reader.declaredLength(bytes, at) : -1;
            if (length < 0 || length > bytes.length - at) {
                throw new Stop(file + ": invalid keymsg length");
            }
            report.recorded(reader.read(bytes, at, length));
            at += length;
        }
    }
}
