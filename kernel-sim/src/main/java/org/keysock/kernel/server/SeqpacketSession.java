package org.keysock.kernel.server;

import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.keysock.kernel.engine.KeySocket;

/**
 * A key socket of type SOCK_SEQPACKET: a record is a message. Descriptors that come with a record
 * ask for an acknowledgement (decisions.md 19).
 */
final class SeqpacketSession extends Session {

    /** Records handled before others get their turn. */
    private static final int READ_BATCH = 64;

    SeqpacketSession(KernelLoop loop, Socket socket, PeerCredentials peer, KeySocket keySocket) {
        super(loop, socket, peer, keySocket);
    }

    @Override
    String transport() {
        return "seqpacket";
    }

    /**
     * Answers wait for the end of the batch, when they are delivered together, or for the
     * acknowledgement of a record: a client that is woken for each one alone costs more than them.
     */
    @Override
    void read() {
        RecordReceiver receiver = loop().receiver();
        for (int count = 0; count < READ_BATCH && mayRead(); count++) {
            int length = receiver.receive(socket().intValue());
            if (length == RecordReceiver.NOTHING) {
                return;
            }
            if (length == RecordReceiver.END) {
                endOfRequests();
                return;
            }
            handle(receiver, length);
        }
    }

    private void handle(RecordReceiver receiver, int length) {
        try {
            int errno = loop().handle(this, receiver.bytes(), 0, length);
            if (receiver.descriptorsWait()) {
                loop().deliver();
                receiver.acknowledge(errno);
            }
        } finally {
            receiver.closeDescriptors();
        }
    }

    @Override
    void transmit(Outbound records) throws IOException {
        ByteBuffer buffer = loop().writeBuffer();
        for (byte[] record = records.first(); record != null; record = records.first()) {
            buffer.put(0, record);
            if (!send(buffer, record.length)) {
                return;
            }
            records.removeFirst();
        }
    }

    /** Sends one record; false when the receiver is full. */
    private boolean send(ByteBuffer buffer, int length) throws IOException {
        try {
            return socket().send(buffer, 0, length) != 0;
        } catch (Errors.NativeIoException refused) {
            if (refused.expectedErr() != -SystemCalls.EMSGSIZE) {
                throw refused;
            }
            return sendLong(buffer, length);
        }
    }

    /** For a record longer than a send buffer is by default; given up if it cannot be enlarged. */
    private boolean sendLong(ByteBuffer buffer, int length) throws IOException {
        socket().setSendBufferSize(2 * length);
        try {
            return socket().send(buffer, 0, length) != 0;
        } catch (Errors.NativeIoException refused) {
            if (refused.expectedErr() != -SystemCalls.EMSGSIZE) {
                throw refused;
            }
            outbound().countDropped();
            return true;
        }
    }
}
