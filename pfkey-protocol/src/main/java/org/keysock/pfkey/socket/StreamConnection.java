package org.keysock.pfkey.socket;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.Sink;

/**
 * A key socket of type SOCK_STREAM: messages back to back, told apart by {@code sadb_msg_len}. It
 * uses the JDK's own channels alone, so that a command-line client starts fast (decisions.md 4).
 */
public final class StreamConnection extends PfKeyConnection {

    private static final int LENGTH_OFFSET = 4;

    private final SocketChannel channel;
    private final Readiness readable;
    private final Readiness writable;
    private final Sink kept = new Sink();

    /** Holds what was read and not yet handed out, from position to limit. */
    private ByteBuffer in = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());

    private StreamConnection(SocketChannel channel, Dialect dialect) {
        super(dialect);
        this.channel = channel;
        this.readable = new Readiness(channel, SelectionKey.OP_READ);
        this.writable = new Readiness(channel, SelectionKey.OP_WRITE);
        in.limit(0);
    }

    /**
     * Connects to a {@code .stream} socket.
     *
     * @throws IOException if nobody listens there, or the path is too long for a socket
     */
    public static StreamConnection open(Path path, Dialect dialect) throws IOException {
        SocketChannel channel =
                SocketChannel.open(UnixDomainSocketAddress.of(SocketPath.checked(path)));
        try {
            channel.configureBlocking(false);
            return new StreamConnection(channel, dialect);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public void sendRecord(byte[] record) throws IOException {
        synchronized (writable) {
            sendKept();
            write(ByteBuffer.wrap(record));
        }
    }

    /**
     * Keeps a message, to be sent in one piece with others by {@link #sendKept}, or before the next
     * message that is sent by itself.
     *
     * @return bytes kept by now
     * @throws IOException if the message cannot be said in this dialect
     */
    public int keep(SadbMessage message) throws IOException {
        synchronized (writable) {
            encode(message, kept);
            return kept.size();
        }
    }

    /** Sends what was kept; waits while the kernel's end is full. */
    public void sendKept() throws IOException {
        synchronized (writable) {
            try {
                write(ByteBuffer.wrap(kept.array(), 0, kept.size()));
            } finally {
                kept.clear();
            }
        }
    }

    private void write(ByteBuffer out) throws IOException {
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                writable.await(Long.MAX_VALUE);
            }
        }
    }

    /** Says that no more requests will come; replies can still be received. */
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public byte @Nullable [] receiveRecord(long timeoutMillis) throws IOException {
        synchronized (readable) {
            long deadline = deadline(timeoutMillis);
            byte[] record = buffered();
            while (record == null) {
                if (!fill()) {
                    long nanos = remaining(timeoutMillis, deadline);
                    if (nanos <= 0) {
                        return null;
                    }
                    readable.await(nanos);
                }
                record = buffered();
            }
            return record;
        }
    }

    /** The first record that is complete in the buffer, or null. */
    private byte @Nullable [] buffered() throws IOException {
        if (in.remaining() < BaseHeader.BYTES) {
            return null;
        }
        int length = Short.toUnsignedInt(in.getShort(in.position() + LENGTH_OFFSET)) * 8;
        if (length < BaseHeader.BYTES) {
            throw new IOException("the stream of messages is broken: a length of " + length);
        }
        if (in.remaining() < length) {
            makeRoom(length);
            return null;
        }
        byte[] record = new byte[length];
        in.get(record);
        return record;
    }

    private void makeRoom(int length) {
        if (length > in.capacity()) {
            ByteBuffer larger = ByteBuffer.allocateDirect(MAX_RECORD);
            in = larger.order(ByteOrder.nativeOrder()).put(in).flip();
        }
    }

    /** Reads what is there; false when nothing is. */
    private boolean fill() throws IOException {
        in.compact();
        try {
            int count = channel.read(in);
            if (count < 0) {
                throw new ConnectionClosed("the kernel closed the key socket");
            }
            return count > 0;
        } catch (ClosedChannelException ours) {
            throw new ConnectionClosed("the key socket is closed");
        } catch (SocketException reset) {
            throw new ConnectionClosed("the kernel is gone: " + reset.getMessage());
        } finally {
            in.flip();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
        writable.close();
    }
}
