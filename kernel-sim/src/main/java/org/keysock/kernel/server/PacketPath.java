package org.keysock.kernel.server;

import java.nio.ByteBuffer;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.transform.Fate;

/**
 * The packets' way through the transform core: one at a time, on the loop's thread, in a buffer
 * that is used again and again. What SAs they need, use and come from goes to the engine. Counts
 * what becomes of them.
 */
final class PacketPath {

    private final Packet packet = new Packet(PacketRecord.LONGEST_PACKET);
    private final long[] outbound = new long[Fate.values().length];
    private final long[] inbound = new long[Fate.values().length];

    /** The packet at hand. */
    Packet packet() {
        return packet;
    }

    /** Loads a packet from the beginning of a buffer. */
    Packet load(ByteBuffer from, int length) {
        packet.bounds(Packet.ROOM, Packet.ROOM + length);
        from.get(0, packet.bytes(), Packet.ROOM, length);
        return packet;
    }

    /** The packet at hand leaves. */
    Fate out() {
        Fate fate = Fate.PASSED;
        outbound[fate.ordinal()]++;
        return fate;
    }

    /** The packet at hand arrives. */
    Fate in() {
        Fate fate = Fate.PASSED;
        inbound[fate.ordinal()]++;
        return fate;
    }

    /** How many packets that left had that fate. */
    long outbound(Fate fate) {
        return outbound[fate.ordinal()];
    }

    /** How many packets that arrived had that fate. */
    long inbound(Fate fate) {
        return inbound[fate.ordinal()];
    }
}
