package org.keysock.pfkey.socket;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.newsclub.net.unix.AFPipe;
import org.newsclub.net.unix.AFSocketType;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSelectorProvider;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * A key socket of type SOCK_SEQPACKET: one message a record, as native programs see it. Knows
 * acknowledgements: {@link #sendAcknowledged} returns when everything the message caused is queued.
 */
public final class SeqpacketConnection extends PfKeyConnection {

    private final AFUNIXDatagramSocket socket;
    private final AFUNIXDatagramChannel channel;
    private final Readiness readable;
    private final Readiness writable;
    private final ByteBuffer in = ByteBuffer.allocateDirect(MAX_RECORD);
    private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_RECORD);

    private SeqpacketConnection(AFUNIXDatagramSocket socket, Dialect dialect) {
        super(dialect);
        this.socket = socket;
        this.channel = socket.getChannel();
        this.readable = new Readiness(channel, SelectionKey.OP_READ);
        this.writable = new Readiness(channel, SelectionKey.OP_WRITE);
    }

    /**
     * Connects to a {@code .sock} socket.
     *
     * @throws IOException if nobody listens there, or the path is too long for a socket
     */
    public static SeqpacketConnection open(Path path, Dialect dialect) throws IOException {
        AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance(AFSocketType.SOCK_SEQPACKET);
        try {
            socket.connect(AFUNIXSocketAddress.of(SocketPath.checked(path)));
            socket.getChannel().configureBlocking(false);
            return new SeqpacketConnection(socket, dialect);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    @Override
    public void sendRecord(byte[] record) throws IOException {
        transmit(record, null);
    }

    /**
     * Sends a message and waits until every answer and broadcast it caused is queued at its
     * receiver (decisions.md 19).
     *
     * @return what the kernel's {@code send} call says: {@link Errno#OK}, or why it failed; {@link
     *     Errno#ENETDOWN} when the kernel went away
     */
    public Errno sendAcknowledged(SadbMessage message) throws IOException {
        return sendRecordAcknowledged(encode(message));
    }

    /** As {@link #sendAcknowledged}, for bytes, whatever they are. */
    public Errno sendRecordAcknowledged(byte[] record) throws IOException {
        AFPipe pipe = AFUNIXSelectorProvider.provider().openPipe();
        try (AFPipe.SourceChannel source = pipe.source()) {
            try (AFPipe.SinkChannel sink = pipe.sink()) {
                transmit(record, sink.getFileDescriptor());
            }
            ByteBuffer errno = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
            return source.read(errno) == Integer.BYTES
                    ? dialect().errnos().code(errno.getInt(0))
                    : Errno.ENETDOWN;
        }
    }

    private void transmit(byte[] record, @Nullable FileDescriptor passed) throws IOException {
        synchronized (writable) {
            out.clear().put(record).flip();
            for (; ; ) {
                if (passed != null) {
                    socket.setOutboundFileDescriptors(passed);
                }
                if (channel.write(out) != 0 || record.length == 0) {
                    return;
                }
                writable.await(Long.MAX_VALUE);
            }
        }
    }

    @Override
    public byte @Nullable [] receiveRecord(long timeoutMillis) throws IOException {
        synchronized (readable) {
            long deadline = deadline(timeoutMillis);
            while (!fill()) {
                long nanos = remaining(timeoutMillis, deadline);
                if (nanos <= 0) {
                    return null;
                }
                readable.await(nanos);
            }
            byte[] record = new byte[in.position()];
            in.get(0, record);
            return record;
        }
    }

    /** Reads a record if one is there. */
    private boolean fill() throws IOException {
        in.clear();
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
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        socket.close();
        readable.close();
        writable.close();
    }
}
