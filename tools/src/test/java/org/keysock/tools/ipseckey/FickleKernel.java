package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * A kernel that fails: it grants some requests, each by repeating its bytes, and then ends. To a
 * DUMP it says so many messages before it ends.
 */
final class FickleKernel implements AutoCloseable {

    /** What happens after the last answer. */
    enum End {
        /** The socket is closed. */
        CLOSED,
        /** It is closed in the middle of another answer. */
        CUT_OFF,
        /** No answer comes any more. */
        SILENT
    }

    private static final int DUMP = 10;
    private static final int TYPE_OFFSET = 1;
    private static final int ERRNO_OFFSET = 2;

    private final ServerSocketChannel server;
    private final Thread thread;
    private final int answers;
    private final End end;
    private final Map<Integer, Integer> errnos;

    /**
     * A kernel at that socket.
     *
     * @param errnos the Solaris errno of the requests that are refused, by their number from 1
     */
    FickleKernel(Path socket, int answers, End end, Map<Integer, Integer> errnos)
            throws IOException {
        this.answers = answers;
        this.end = end;
        this.errnos = errnos;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        thread = new Thread(this::serve, "fickle kernel");
        thread.start();
    }

    private void serve() {
        try (SocketChannel client = server.accept()) {
            converse(client);
        } catch (IOException e) {
            // the client has gone first
        }
    }

    private void converse(SocketChannel client) throws IOException {
        for (int number = 1; number <= answers; number++) {
            byte[] message = ScriptedKernel.read(client);
            if (message.length == 0) {
                return;
            }
            if (message[TYPE_OFFSET] == DUMP) {
                for (int each = 0; each < answers; each++) {
                    write(client, ByteBuffer.wrap(message));
                }
                break;
            }
            int errno = errnos.getOrDefault(number, 0);
            message[ERRNO_OFFSET] = (byte) errno;
            write(client, ByteBuffer.wrap(message));
        }
        if (end == End.CUT_OFF) {
            ByteBuffer half = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
            write(client, half.putShort(4, (short) 25));
        }
        while (end == End.SILENT && ScriptedKernel.read(client).length > 0) {
            // listens
        }
    }

    private static void write(SocketChannel client, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
