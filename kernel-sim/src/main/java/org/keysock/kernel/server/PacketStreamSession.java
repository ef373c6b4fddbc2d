package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A connection to {@code packets.stream}: the same records back to back. */
final class PacketStreamSession extends PacketSession {

    private static final byte[] NONE = {};

    /** The beginning of a record whose end has not come yet. */
    private byte[] rest = NONE;

    PacketStreamSession(KernelLoop loop, Socket socket, PeerCredentials peer) {
        super(loop, socket, peer);
    }

    @Override
    void read() throws IOException {
        ByteBuffer buffer = loop().readBuffer();
        int count = StreamSession.receive(socket(), buffer);
        if (count < 0) {
            endOfRequests();
            rest = NONE;
            return;
        }
        byte[] bytes = Arrays.copyOf(rest, rest.length + count);
        buffer.get(0, bytes, rest.length, count);
        int pushed = pushAll(bytes);
        rest = pushed == bytes.length ? NONE : Arrays.copyOfRange(bytes, pushed, bytes.length);
        answer();
    }

    /** Pushes all complete records; where the first incomplete one begins. */
    private int pushAll(byte[] bytes) {
        int at = 0;
        while (bytes.length - at >= PacketRecord.HEADER_BYTES) {
            int length = PacketRecord.length(bytes, at);
            if (length < 0) {
                refuse(PacketRecord.tag(bytes, at));
                endOfRequests(); // nobody can tell where the next one begins
                return bytes.length;
            }
            if (length > bytes.length - at) {
                return at;
            }
            push(bytes, at, length);
            at += length;
        }
        return at;
    }

    @Override
    void write() throws IOException {
        StreamSession.transmit(socket(), loop().writeBuffer(), outbound());
    }
}
