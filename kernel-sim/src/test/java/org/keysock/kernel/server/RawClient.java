package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.newsclub.net.unix.AFPipe;
import org.newsclub.net.unix.AFSocketType;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSelectorProvider;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.FileDescriptorCast;

/** A SEQPACKET client that blocks, and does what well-behaved clients do not. */
final class RawClient implements Closeable {

    private final AFUNIXDatagramSocket socket;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 19);

    RawClient(Path path) throws IOException {
        socket = AFUNIXDatagramSocket.newInstance(AFSocketType.SOCK_SEQPACKET);
        socket.connect(AFUNIXSocketAddress.of(path));
    }

    /** Sends a record with descriptors. */
    void send(byte[] record, FileDescriptor... descriptors) throws IOException {
        if (descriptors.length > 0) {
            socket.setOutboundFileDescriptors(descriptors);
        }
        socket.getChannel().write(buffer.clear().put(record).flip());
    }

    /** Sends a record of no bytes, which junixsocket would not. */
    void sendEmpty() throws IOException {
        descriptor().send(buffer, 0, 0);
    }

    /** Says that nothing more will be sent. */
    void shutdownOutput() throws IOException {
        descriptor().shutdown(false, true);
    }

    /** Makes writing fail instead of waiting. */
    void neverBlock() throws IOException {
        socket.getChannel().configureBlocking(false);
    }

    /** Sends a record if there is room for it. */
    boolean offer(byte[] record) throws IOException {
        return socket.getChannel().write(buffer.clear().put(record).flip()) != 0;
    }

    private Socket descriptor() throws IOException {
        return new Socket(FileDescriptorCast.using(socket.getFileDescriptor()).as(Integer.class));
    }

    /** Length of the next record; -1 at the end. */
    int receive() throws IOException {
        return socket.getChannel().read(buffer.clear());
    }

    /** The next record; empty at the end. */
    byte[] receiveRecord() throws IOException {
        byte[] record = new byte[Math.max(0, receive())];
        buffer.get(0, record);
        return record;
    }

    @Override
    public void close() throws IOException {
        socket.getChannel().close();
        socket.close();
    }

    /** An eventfd(2), which waits for the server to add something. */
    static final class EventCounter implements Closeable {

        private final io.netty.channel.unix.FileDescriptor counter;

        EventCounter() {
            counter = io.netty.channel.epoll.Native.newEventFd();
        }

        FileDescriptor descriptor() throws IOException {
            return FileDescriptorCast.unsafeUsing(counter.intValue()).getFileDescriptor();
        }

        /** What was added since the last time, waiting for it. */
        long take() throws IOException {
            ByteBuffer sum = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
            while (counter.read(sum, 0, Long.BYTES) == 0) {
                if (Thread.interrupted()) {
                    throw new IOException("nothing was added");
                }
            }
            return sum.getLong(0);
        }

        @Override
        public void close() throws IOException {
            counter.close();
        }
    }

    /** A pipe whose writing end is passed to the server. */
    static final class Receipt implements Closeable {

        /** What {@link #take} gives when the server wrote nothing. */
        static final int NOTHING = -1;

        private final AFPipe pipe;

        Receipt() throws IOException {
            pipe = AFUNIXSelectorProvider.provider().openPipe();
        }

        FileDescriptor writingEnd() throws IOException {
            return pipe.sink().getFileDescriptor();
        }

        /** Fills the pipe so that writing to it would block. */
        void fill() throws IOException {
            pipe.sink().configureBlocking(false);
            ByteBuffer block = ByteBuffer.allocateDirect(4096);
            int written;
            do {
                written = pipe.sink().write(block.clear());
            } while (written > 0);
            pipe.sink().configureBlocking(true);
        }

        /** Closes our copy of the writing end: the server's is the last. */
        void passed() throws IOException {
            pipe.sink().close();
        }

        /** What the server wrote; waits until it closed its end. */
        int take() throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
            int count;
            do {
                count = pipe.source().read(bytes);
            } while (count > 0);
            return bytes.position() == Integer.BYTES ? bytes.getInt(0) : NOTHING;
        }

        @Override
        public void close() throws IOException {
            pipe.sink().close();
            pipe.source().close();
        }
    }
}
