package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.ServerClock;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.wire.MessageWriter;
import org.keysock.tools.cli.Output;

/**
 * The way to the kernel. It shows what is sent when that is wanted, and waits for answers; an
 * interrupt closes it, and the next command opens it again.
 */
final class KeyLink implements AutoCloseable {

    private static final String SOCKET = "solaris.stream";

    /** How long an answer may take; tests are less patient. */
    private static final String PATIENCE = "pfkey.ipseckey.patience";

    private static final long PATIENCE_MILLIS = 10_000;

    /** Bytes of posted messages that are worth a system call. */
    private static final int PARCEL = 1 << 14;

    private final long patience = Long.getLong(PATIENCE, PATIENCE_MILLIS);
    private final Path folder;
    private final Output out;
    private final Output err;
    private final @Nullable MessagePrinter tracer;
    private @Nullable StreamConnection connection;

    /** What {@link #nowOfMany} has found, and when; 0 for never. */
    private long now;

    private long lookedUp;

    /** The kernel takes no more messages, but what it has said is still to be heard. */
    private boolean refusing;

    /**
     * A link to the emulator of that folder.
     *
     * @param tracer shows every message that is sent; null: they are not shown
     */
    KeyLink(Path folder, Output out, Output err, @Nullable MessagePrinter tracer) {
        this.folder = folder;
        this.out = out;
        this.err = err;
        this.tracer = tracer;
    }

    /** Seconds since 1970 as the emulator sees them. */
    long now() {
        try {
            return ServerClock.now(folder);
        } catch (IOException e) {
            return System.currentTimeMillis() / 1000;
        }
    }

    /**
     * As {@link #now}, but looked up once a millisecond: in a dump, for which time does not move
     * on.
     */
    long nowOfMany() {
        long moment = System.nanoTime();
        if (lookedUp == 0 || moment - lookedUp > 10_000_000) {
            now = now();
            lookedUp = moment;
        }
        return now;
    }

    /** Sends a message. */
    void send(SadbMessage message) throws Exit {
        MessagePrinter printer = tracer;
        if (printer != null) {
            byte[] bytes = new MessageWriter(Numbers.SOLARIS).toBytes(message);
            StringBuilder text = new StringBuilder();
            text.append("VERBOSE ON:  Message to kernel looks like:\n");
            text.append("==========================================\n");
            printer.print(text, message, bytes == null ? 0 : bytes.length, now());
            text.append("==========================================\n");
            out.print(text);
        }
        try {
            opened().send(message);
        } catch (IOException e) {
            throw gone();
        }
    }

    /**
     * Sends a message together with those posted after it, at the latest when a verdict is waited
     * for. It is not traced, and a kernel that is gone is noticed by who waits.
     */
    void post(SadbMessage message) throws Exit {
        StreamConnection open = opened();
        try {
            if (open.keep(message) >= PARCEL) {
                open.sendKept();
            }
        } catch (IOException e) {
            refusing = true;
        }
    }

    /** The header of the answer to a message that was posted. */
    BaseHeader verdict(BaseHeader asked) throws Exit {
        StreamConnection open = opened();
        long end = System.nanoTime() + patience * 1_000_000;
        try {
            open.sendKept();
        } catch (IOException e) {
            refusing = true;
        }
        while (true) {
            long left = (end - System.nanoTime()) / 1_000_000;
            BaseHeader header;
            try {
                header = open.receiveHeader(refusing ? 0 : Math.max(left, 0));
            } catch (IOException e) {
                throw gone();
            }
            if (header == null) {
                throw refusing ? gone() : late();
            }
            if (answers(header, asked)) {
                return header;
            }
        }
    }

    /**
     * The answer to a message: the next one with its pid and number; all others are passed over.
     */
    Reading answer(SadbMessage request) throws Exit {
        BaseHeader asked = request.header();
        long end = System.nanoTime() + patience * 1_000_000;
        while (true) {
            long left = (end - System.nanoTime()) / 1_000_000;
            Reading reading = receive(Math.max(left, 0));
            if (answers(header(reading), asked)) {
                return reading;
            }
        }
    }

    private static boolean answers(BaseHeader header, BaseHeader asked) {
        return header.pid() == asked.pid() && header.sequence() == asked.sequence();
    }

    /** The next message of a dump: with its pid, whatever its number. */
    Reading dumped(SadbMessage request) throws Exit {
        while (true) {
            Reading reading = receive(patience);
            if (header(reading).pid() == request.header().pid()) {
                return reading;
            }
        }
    }

    /** The next message of any kind, however long it takes; null when the wait was interrupted. */
    @Nullable Reading heard() throws Exit {
        try {
            return opened().receive(PfKeyConnection.FOREVER);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                // an interrupt closes the socket; the next command opens another
                close();
                return null;
            }
            throw gone();
        }
    }

    private Reading receive(long millis) throws Exit {
        Reading reading;
        try {
            reading = opened().receive(millis);
        } catch (IOException e) {
            throw gone();
        }
        if (reading == null) {
            throw late();
        }
        return reading;
    }

    /** The base header of a message, whatever else is wrong with it. */
    static BaseHeader header(Reading reading) {
        return reading instanceof Reading.Whole whole
                ? whole.message().header()
                : ((Reading.Broken) reading).header();
    }

    /** Opens the socket. */
    void reach() throws Exit {
        opened();
    }

    private StreamConnection opened() throws Exit {
        StreamConnection open = connection;
        if (open != null) {
            return open;
        }
        Path socket = folder.resolve(SOCKET);
        try {
            open = StreamConnection.open(socket, Numbers.SOLARIS);
        } catch (IOException e) {
            out.print(
                    denied(socket, e)
                            ? "ipseckey: Insufficient privileges to open PF_KEY socket.\n\n"
                            : "ipseckey: Unable to open PF_KEY socket.\n\n");
            throw Exit.fatal();
        }
        connection = open;
        return open;
    }

    private static boolean denied(Path socket, IOException e) {
        return e instanceof AccessDeniedException
                || (Files.exists(socket) && !Files.isWritable(socket));
    }

    private Exit late() {
        out.flush();
        err.print("ipseckey: Reply message from PF_KEY timed out.\n");
        return Exit.with(1);
    }

    private Exit gone() {
        out.flush();
        err.print("ipseckey: The PF_KEY socket was closed.\n");
        return Exit.fatal();
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // nothing was left to be said on it
        }
        connection = null;
    }
}
