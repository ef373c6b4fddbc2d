package org.keysock.tools.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.ConnectionClosed;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.ServerClock;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.text.MessageText;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pfkey monitor}: what happens on the key sockets, live. */
@Command(
        name = "monitor",
        description = {
            "Prints every message on the key sockets, live, and why requests are refused.",
            "It ends when it is interrupted or the emulator ends. Its first line says that it"
                    + " listens."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Pfkey.Version.class)
final class Monitor implements Callable<Integer> {

    /** How long a refusal that no message comes with waits to be shown. */
    private static final long LOOK_MILLIS = 50;

    private final Surroundings around;

    /** Set by a signal: the connection is closed by us then, not by the emulator. */
    private volatile boolean interrupted;

    @Mixin private final FolderOption folder = new FolderOption();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            defaultValue = "rfc2367",
            converter = DialectOption.class,
            completionCandidates = DialectOption.Names.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private DialectName dialect = DialectName.RFC2367;

    @Option(
            names = "--raw",
            description = "A line of hexadecimal bytes, keys and all: input of pfkey decode.")
    private boolean raw;

    @Option(names = "--keys", description = "Show key bytes.")
    private boolean keys;

    @Option(
            names = "--no-refusals",
            description = "Do not tell which extension, field and rule a refusal is about.")
    private boolean withoutRefusals;

    Monitor(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, Unreachable, InterruptedException {
        Path dir = folder.folder(around);
        Path socket = dir.resolve(dialect.text() + ".stream");
        try (PfKeyConnection connection = open(socket);
                RefusalNews refusals = refusals(dir)) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread interrupt = new Thread(() -> endCleanly(connection, ended));
            Runtime.getRuntime().addShutdownHook(interrupt);
            try {
                connection.send(promiscuous());
                listen(dir, connection, refusals);
            } catch (ConnectionClosed end) {
                if (!interrupted) {
                    print(refusals == null ? List.of() : refusals.rest());
                    around.err().print("pfkey monitor: the emulator has ended\n").flush();
                }
            } finally {
                around.out().flush();
                ended.countDown();
                forget(interrupt);
            }
        }
        return 0;
    }

    /** Null when they are not to be shown, or nobody tells of them. */
    private @Nullable RefusalNews refusals(Path dir) {
        if (withoutRefusals) {
            return null;
        }
        try {
            return RefusalNews.of(dir, dialect);
        } catch (Unreachable nobody) {
            around.err().print("pfkey monitor: no refusals: " + nobody.getMessage() + "\n").flush();
            return null;
        }
    }

    private void print(List<String> lines) {
        lines.forEach(around.out()::print);
        around.out().flush();
    }

    private PfKeyConnection open(Path socket) throws Unreachable {
        try {
            return StreamConnection.open(socket, Dialect.of(dialect));
        } catch (IOException nobody) {
            throw new Unreachable(socket, nobody);
        }
    }

    /** RFC 2367 section 3.1.11: an SA type of 1 switches the promiscuous mode on. */
    private static SadbMessage promiscuous() {
        int pid = (int) ProcessHandle.current().pid();
        return SadbMessage.of(BaseHeader.of(MessageType.X_PROMISC, SaType.unknown(1), 1, pid));
    }

    private void listen(Path dir, PfKeyConnection connection, @Nullable RefusalNews refusals)
            throws IOException {
        MessageReader reader = MessageReader.ofReplies(connection.dialect());
        MessageText plain = MessageText.in(dialect);
        MessageText text = keys ? plain.withKeys() : plain;
        boolean listening = false;
        while (true) {
            byte[] record = next(connection, refusals);
            Reading reading = reader.read(record, 0, record.length);
            if (!listening && answersPromiscuous(reading)) {
                listening = true;
                around.out().print("# listening to " + dialect.text() + " in " + dir + "\n");
            } else if (raw) {
                around.out().print(HexFormat.of().formatHex(record) + "\n");
            } else {
                Instant now = Instant.ofEpochSecond(ServerClock.now(dir));
                around.out().print("# " + now + "\n" + text.of(reading) + "\n");
            }
            around.out().flush();
        }
    }

    /**
     * The next record. The emulator writes why it refused a request after what all sockets heard of
     * it, so that is printed when no record is there any more.
     */
    private byte[] next(PfKeyConnection connection, @Nullable RefusalNews refusals)
            throws IOException {
        while (true) {
            boolean waiting = refusals != null && refusals.waiting();
            long patience = refusals == null ? PfKeyConnection.FOREVER : waiting ? 0 : LOOK_MILLIS;
            byte[] record = connection.receiveRecord(patience);
            if (record != null) {
                return record;
            }
            if (refusals != null && waiting) {
                print(refusals.take());
            }
        }
    }

    private static boolean answersPromiscuous(Reading reading) {
        return reading instanceof Reading.Whole whole
                && whole.message().type() == MessageType.X_PROMISC
                && whole.message().size() == 0;
    }

    /**
     * On SIGINT or SIGTERM: what was heard is printed to its end, and the exit code is that of
     * success.
     */
    private void endCleanly(PfKeyConnection connection, CountDownLatch ended) {
        interrupted = true;
        try {
            connection.close();
            ended.await();
        } catch (IOException | InterruptedException e) {
            return;
        }
        Runtime.getRuntime().halt(0);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // then the hook waits for us
        }
    }
}
