package org.keysock.tools.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A kernel of a test's own making at a real socket; it serves one client after the other. */
public abstract class FakeKernel implements AutoCloseable {

    private static final int HEADER = 16;
    private static final int LENGTH_OFFSET = 4;

    private final ServerSocketChannel server;
    private @Nullable Thread thread;

    /** A kernel at that socket, which answers from {@link #start} on. */
    protected FakeKernel(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    /** Begins to serve, when the kernel knows its part. */
    protected final void start() {
        thread = new Thread(this::serve, getClass().getSimpleName());
        thread.start();
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    converse(client);
                }
            }
        } catch (IOException e) {
            // closed, or the client has gone first: the case is over
        }
    }

    /** Serves a client to the end. */
    protected abstract void converse(SocketChannel client) throws IOException;

    /** A whole message, or nothing at the end. */
    protected static byte[] read(SocketChannel client) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        if (!fill(client, header)) {
            return new byte[0];
        }
        int length = Short.toUnsignedInt(header.getShort(LENGTH_OFFSET)) * 8;
        ByteBuffer whole = ByteBuffer.allocate(Math.max(length, HEADER)).put(header.flip());
        return fill(client, whole) ? whole.array() : new byte[0];
    }

    private static boolean fill(SocketChannel client, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes all of it. */
    protected static void write(SocketChannel client, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
    }

    /** Ends, when the client at hand has been served. */
    @Override
    public void close() throws IOException {
        server.close();
        Thread serving = thread;
        try {
            if (serving != null) {
                serving.join();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
