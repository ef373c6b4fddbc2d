package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import java.io.IOException;

/** A connection to {@code packets.sock}, of type SOCK_SEQPACKET: a record is a record. */
final class PacketRecordSession extends PacketSession {

    PacketRecordSession(KernelLoop loop, Socket socket, PeerCredentials peer) {
        super(loop, socket, peer);
    }

    @Override
    void read() throws IOException {
        RecordReceiver receiver = loop().receiver();
        receiver.receive(socket().intValue());
        for (int length = receiver.next(); length >= 0; length = receiver.next()) {
            if (length >= PacketRecord.HEADER_BYTES
                    && PacketRecord.length(receiver.bytes(), 0) == length) {
                push(receiver.bytes(), 0, length);
            } else {
                refuse(length < PacketRecord.HEADER_BYTES ? 0 : tag(receiver.bytes()));
            }
        }
        if (receiver.ended()) {
            endOfRequests();
        }
        answer();
    }

    private static int tag(byte[] record) {
        return PacketRecord.tag(record, 0);
    }

    @Override
    void write() throws IOException {
        Outbound records = outbound();
        while (!records.isEmpty()) {
            int sent = loop().sender().send(socket().intValue(), records.waiting());
            if (sent == -SystemCalls.EAGAIN) {
                return;
            }
            if (sent < 0) {
                throw new IOException("errno " + -sent);
            }
            for (int count = 0; count < sent; count++) {
                records.removeFirst();
            }
        }
    }
}
