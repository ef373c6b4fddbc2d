package org.keysock.kernel.server;

import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.wire.MessageReader;

/**
 * A key socket of type SOCK_STREAM: messages back to back, told apart by the length in their base
 * header. Reads and writes take as many messages at once as there are.
 */
final class StreamSession extends Session {

    private static final byte[] NONE = {};

    private final MessageReader framing;

    /** The beginning of a message whose end has not come yet, or messages not handled yet. */
    private byte[] rest = NONE;

    StreamSession(KernelLoop loop, Socket socket, PeerCredentials peer, KeySocket keySocket) {
        super(loop, socket, peer, keySocket);
        this.framing = loop.reader(keySocket);
    }

    @Override
    String transport() {
        return "stream";
    }

    @Override
    void read() throws IOException {
        ByteBuffer buffer = loop().readBuffer();
        int count = receive(socket(), buffer);
        if (count < 0) {
            endOfRequests();
            rest = NONE;
            return;
        }
        byte[] bytes = Arrays.copyOf(rest, rest.length + count);
        buffer.get(0, bytes, rest.length, count);
        int handled = handleAll(bytes);
        rest = handled == bytes.length ? NONE : Arrays.copyOfRange(bytes, handled, bytes.length);
    }

    /** Reads what is there; 0 when nothing is, below 0 at the end. */
    static int receive(Socket socket, ByteBuffer buffer) throws IOException {
        for (; ; ) {
            try {
                return socket.recv(buffer, 0, buffer.capacity());
            } catch (Errors.NativeIoException reset) {
                // said once by Linux, when the peer left replies unread; its requests follow
                if (reset.expectedErr() != Errors.ERRNO_ECONNRESET_NEGATIVE) {
                    throw reset;
                }
            }
        }
    }

    /** Handles all complete messages; where the first incomplete one begins. */
    private int handleAll(byte[] bytes) {
        int at = 0;
        while (bytes.length - at >= BaseHeader.BYTES) {
            int length = framing.declaredLength(bytes, at);
            if (length < 0) {
                handleLost(bytes, at);
                return bytes.length;
            }
            if (length > bytes.length - at) {
                return at;
            }
            loop().handle(this, bytes, at, length);
            at += length;
        }
        return at;
    }

    /** Nobody can tell where the next message begins: this one is answered, then it is over. */
    private void handleLost(byte[] bytes, int at) {
        loop().handle(this, bytes, at, BaseHeader.BYTES);
        endOfRequests();
    }

    @Override
    void transmit(Outbound records) throws IOException {
        transmit(socket(), loop().writeBuffer(), records);
    }

    /** Writes waiting records back to back until none is left or the receiver is full. */
    static void transmit(Socket socket, ByteBuffer buffer, Outbound records) throws IOException {
        while (!records.isEmpty()) {
            int filled = fill(buffer, records);
            int count = socket.send(buffer, 0, filled);
            records.advance(count);
            if (count < filled) {
                return;
            }
        }
    }

    private static int fill(ByteBuffer buffer, Outbound records) {
        int filled = 0;
        int skip = records.written();
        for (byte[] record : records.waiting()) {
            int part = Math.min(record.length - skip, buffer.capacity() - filled);
            buffer.put(filled, record, skip, part);
            filled += part;
            skip = 0;
            if (filled == buffer.capacity()) {
                break;
            }
        }
        return filled;
    }
}
