package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.keysock.kernel.engine.KeySocket;

/**
 * A key socket of type SOCK_SEQPACKET: a record is a message. Descriptors that come with a record
 * ask for an acknowledgement (decisions.md 19).
 */
final class SeqpacketSession extends Session {

    /** Records handled before others get their turn. */
    private static final int READ_BATCH = 64;

    /** Length of the longest record for which the send buffer has been enlarged. */
    private int enlargedFor;

    SeqpacketSession(KernelLoop loop, Socket socket, PeerCredentials peer, KeySocket keySocket) {
        super(loop, socket, peer, keySocket);
    }

    @Override
    String transport() {
        return "seqpacket";
    }

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
            try {
                handle(receiver, length);
            } finally {
                receiver.closeDescriptors();
            }
        }
    }

    private void handle(RecordReceiver receiver, int length) {
        int errno = loop().handle(this, receiver.bytes(), 0, length);
        if (receiver.descriptorsWait()) {
            loop().deliver();
            receiver.acknowledge(errno);
        }
    }

    @Override
    void transmit(Outbound records) throws IOException {
        int fd = socket().intValue();
        while (!records.isEmpty()) {
            int sent = loop().sender().send(fd, records.waiting());
            if (sent == -SystemCalls.EAGAIN) {
                return;
            }
            if (sent == -SystemCalls.EMSGSIZE) {
                enlargeOrDrop(records);
            } else if (sent < 0) {
                throw new IOException("errno " + -sent);
            }
            for (int count = 0; count < sent; count++) {
                records.removeFirst();
            }
        }
    }

    /** The first record is longer than the send buffer, perhaps than any may be. */
    private void enlargeOrDrop(Outbound records) throws IOException {
        byte[] first = records.first();
        int length = first == null ? 0 : first.length;
        if (length > enlargedFor) {
            enlargedFor = length;
            socket().setSendBufferSize(2 * length);
        } else {
            records.countDropped();
            records.removeFirst();
        }
    }
}
