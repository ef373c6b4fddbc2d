package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.keysock.tools.cli.FakeKernel;

/**
 * A kernel that fails: it grants some requests, each by repeating its bytes, and then ends. To a
 * DUMP it says so many messages before it ends.
 */
final class FickleKernel extends FakeKernel {

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
        super(socket);
        this.answers = answers;
        this.end = end;
        this.errnos = errnos;
        start();
    }

    @Override
    protected void converse(SocketChannel client) throws IOException {
        for (int number = 1; number <= answers; number++) {
            byte[] message = read(client);
            if (message.length == 0) {
                return;
            }
            if (message[TYPE_OFFSET] == DUMP) {
                for (int each = 0; each < answers; each++) {
                    write(client, message);
                }
                break;
            }
            int errno = errnos.getOrDefault(number, 0);
            message[ERRNO_OFFSET] = (byte) errno;
            write(client, message);
        }
        if (end == End.CUT_OFF) {
            ByteBuffer half = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
            write(client, half.putShort(4, (short) 25).array());
        }
        while (end == End.SILENT && read(client).length > 0) {
            // listens
        }
    }
}
