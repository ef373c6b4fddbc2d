package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.transform.Fate;

/**
 * A connection to {@code packets.sock} or {@code packets.stream}: packets that a program pushes
 * through the transform core, each answered by what became of it, in their order (docs/packets.md).
 * A client that does not take its answers is not read any further.
 */
abstract class PacketSession extends Connection {

    private final Outbound outbound = new Outbound();
    private boolean reading = true;

    PacketSession(KernelLoop loop, Socket socket, PeerCredentials peer) {
        super(loop, socket, peer);
    }

    /** Pushes the packet of a record through the core, and queues the answer. */
    final void push(byte[] bytes, int at, int length) {
        int direction = PacketRecord.direction(bytes, at);
        int tag = PacketRecord.tag(bytes, at);
        if (direction < 0) {
            refuse(tag);
            return;
        }
        PacketPath path = loop().packets();
        int packetAt = at + PacketRecord.HEADER_BYTES;
        int packetLength = length - PacketRecord.HEADER_BYTES;
        path.packet().load(bytes, packetAt, packetLength);
        path.packet().origin(new Waiting(tag));
        Fate fate = direction == PacketRecord.OUT ? path.out() : path.in();
        if (deaf()) {
            return;
        }
        tell(direction, tag, path.packet(), fate);
    }

    private void tell(int direction, int tag, Packet packet, Fate fate) {
        if (Crossing.goesOn(fate)) {
            outbound.add(PacketRecord.answer(direction, tag, fate.text(), packet));
        } else {
            int outcome = fate.dropped() ? PacketRecord.DROPPED : PacketRecord.KEPT;
            outbound.add(PacketRecord.answer(direction, outcome, tag, fate.text()));
        }
    }

    /** Is told what becomes of a packet that this client pushed, should it have to wait. */
    final class Waiting {

        private final int tag;

        private Waiting(int tag) {
            this.tag = tag;
        }

        /** The packet waits no more: a second answer goes to the client. */
        void released(Packet packet, Fate fate) {
            if (fate != Fate.HELD && !closed() && !deaf()) {
                tell(PacketRecord.RELEASED, tag, packet, fate);
                attempt(PacketSession.this::write);
                settle();
            }
        }
    }

    /** Writes the answers; what the packets caused on key sockets has been written before. */
    final void answer() {
        loop().deliver();
        attempt(this::write);
    }

    /** Answers a record that is none. */
    final void refuse(int tag) {
        if (!deaf()) {
            outbound.add(PacketRecord.answer(0, PacketRecord.MALFORMED, tag, "malformed-record"));
        }
    }

    /** What waits to be written. */
    final Outbound outbound() {
        return outbound;
    }

    @Override
    final boolean unsent() {
        return outbound.unsent();
    }

    @Override
    final boolean mayRead() {
        reading = reading ? !outbound.aboveHighWater() : outbound.belowLowWater();
        return reading;
    }

    @Override
    final void discard() {
        outbound.discard();
    }

    @Override
    final void gone() {}
}
