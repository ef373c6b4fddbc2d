package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.keysock.kernel.engine.KeySocket;

/**
 * A key socket of type SOCK_SEQPACKET: a record is a message. Descriptors that come with a record
 * ask for an acknowledgement (decisions.md 19). An empty record with a descriptor is no message: it
 * asks whether the connection has been accepted, which is when it begins to hear broadcasts.
 */
final class SeqpacketSession extends Session {

    /** Length of the longest record for which the send buffer has been enlarged. */
    private int enlargedFor;

    /** Whether the client waits for an acknowledgement of what it sent last. */
    private boolean acknowledging;

    SeqpacketSession(KernelLoop loop, Socket socket, PeerCredentials peer, KeySocket keySocket) {
        super(loop, socket, peer, keySocket);
    }

    @Override
    String transport() {
        return "seqpacket";
    }

    /** A batch is handled to its end even if the client leaves no room for its answers. */
    @Override
    void read() throws IOException {
        RecordReceiver receiver = loop().receiver();
        receiver.receive(socket().intValue());
        for (int length = receiver.next(); length >= 0; length = receiver.next()) {
            if (receiver.descriptorsLost()) {
                receiver.discard();
                close(); // the client waits for this
                throw new IOException("too many open files to acknowledge a message");
            }
            acknowledging = receiver.descriptorsWait();
            boolean knock = acknowledging && length == 0;
            int errno = knock ? 0 : loop().handle(this, receiver.bytes(), 0, length);
            if (acknowledging) {
                loop().deliver();
                receiver.acknowledge(errno);
            }
        }
        if (receiver.ended()) {
            endOfRequests();
        }
    }

    @Override
    boolean acknowledging() {
        return acknowledging;
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
