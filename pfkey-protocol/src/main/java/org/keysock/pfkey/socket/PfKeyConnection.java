package org.keysock.pfkey.socket;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;
import org.keysock.pfkey.wire.Sink;

/**
 * A client's key socket: it speaks one dialect and carries whole messages both ways. One thread may
 * send while another receives; {@link #close} ends their waits.
 */
public abstract sealed class PfKeyConnection implements Closeable
        permits StreamConnection, SeqpacketConnection {

    /** A time limit that never comes. */
    public static final long FOREVER = -1;

    /** The longest record there is: 65,535 words of 64 bits, RFC 2367 section 2.1. */
    static final int MAX_RECORD = 65_535 * 8;

    private final Dialect dialect;
    private final MessageReader reader;
    private final MessageWriter writer;
    private final Sink sink = new Sink();

    PfKeyConnection(Dialect dialect) {
        this.dialect = dialect;
        this.reader = MessageReader.ofReplies(dialect);
        this.writer = new MessageWriter(dialect);
    }

    /** The dialect that is spoken. */
    public final Dialect dialect() {
        return dialect;
    }

    /**
     * Sends a message; waits while the kernel's end is full.
     *
     * @throws IOException if the message cannot be said in this dialect, or the kernel is gone
     */
    public final void send(SadbMessage message) throws IOException {
        sendRecord(encode(message));
    }

    /**
     * The next message.
     *
     * @param timeoutMillis how long to wait, 0 not at all, {@link #FOREVER} for ever
     * @return null when the time is up; the raw bytes in it are the caller's
     * @throws ConnectionClosed when there are no more
     */
    public final @Nullable Reading receive(long timeoutMillis) throws IOException {
        byte[] record = receiveRecord(timeoutMillis);
        return record == null ? null : reader.read(record, 0, record.length);
    }

    /**
     * The base header of the next message, whose extensions are passed over unread.
     *
     * @param timeoutMillis as in {@link #receive}
     * @return null when the time is up
     * @throws ConnectionClosed when there are no more
     */
    public final @Nullable BaseHeader receiveHeader(long timeoutMillis) throws IOException {
        byte[] record = receiveRecord(timeoutMillis);
        return record == null ? null : reader.header(record);
    }

    /** Sends bytes as one message, whatever they are. */
    public abstract void sendRecord(byte[] record) throws IOException;

    /**
     * The bytes of the next message.
     *
     * @param timeoutMillis as in {@link #receive}
     * @return null when the time is up
     * @throws ConnectionClosed when there are no more
     */
    public abstract byte @Nullable [] receiveRecord(long timeoutMillis) throws IOException;

    /** The bytes of a message in this dialect. */
    final byte[] encode(SadbMessage message) throws IOException {
        synchronized (sink) {
            sink.clear();
            encode(message, sink);
            return sink.toBytes();
        }
    }

    /** Writes the bytes of a message behind what is in the sink. */
    final void encode(SadbMessage message, Sink into) throws IOException {
        if (!writer.write(message, into)) {
            throw new IOException(dialect.name().text() + " has no way to say " + message.type());
        }
    }

    /** When a wait that begins now ends, on {@link System#nanoTime}'s scale. */
    static long deadline(long timeoutMillis) {
        return System.nanoTime() + timeoutMillis * 1_000_000;
    }

    /** How long a wait may still take in nanoseconds; not above 0 when the time is up. */
    static long remaining(long timeoutMillis, long deadline) {
        return timeoutMillis < 0 ? Long.MAX_VALUE : deadline - System.nanoTime();
    }
}
