package org.keysock.kernel.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.keysock.kernel.packet.Packet;

/**
 * The records of {@code packets.sock} (docs/packets.md), numbers in network order. The header of
 * both kinds is length, direction, outcome, length of the verdict, tag.
 */
final class PacketRecord {

    static final int HEADER_BYTES = 12;

    /** The longest IP packet there is. */
    static final int LONGEST_PACKET = 65_535;

    static final int OUT = 0;
    static final int IN = 1;

    /** In place of a direction: the second answer for a packet that left and had to wait. */
    static final int RELEASED = 2;

    /** A packet follows. */
    static final int GOES_ON = 0;

    /** The packet is no more. */
    static final int DROPPED = 1;

    /** The packet was taken in, and nothing comes of it now. */
    static final int KEPT = 2;

    /** The record was none. */
    static final int MALFORMED = 3;

    private static final int DIRECTION_AT = 4;
    private static final int TAG_AT = 8;

    private PacketRecord() {}

    /** The length a record says it has, as far as there may be one of it; else -1. */
    static int length(byte[] bytes, int at) {
        int length = ByteBuffer.wrap(bytes).getInt(at);
        return length >= HEADER_BYTES && length <= HEADER_BYTES + LONGEST_PACKET ? length : -1;
    }

    /** {@link #OUT} or {@link #IN}; -1 when it is neither, or bytes that must be 0 are not. */
    static int direction(byte[] bytes, int at) {
        int word = ByteBuffer.wrap(bytes).getInt(at + DIRECTION_AT);
        return word == OUT << 24 || word == IN << 24 ? word >> 24 : -1;
    }

    /** The number by which the client knows its answer. */
    static int tag(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at + TAG_AT);
    }

    /** An answer without a packet. */
    static byte[] answer(int direction, int outcome, int tag, String verdict) {
        return answer(direction, outcome, tag, verdict, 0).array();
    }

    /** An answer with a packet. */
    static byte[] answer(int direction, int tag, String verdict, Packet packet) {
        return answer(direction, GOES_ON, tag, verdict, packet.length())
                .put(packet.bytes(), packet.start(), packet.length())
                .array();
    }

    private static ByteBuffer answer(
            int direction, int outcome, int tag, String verdict, int packet) {
        byte[] name = verdict.getBytes(StandardCharsets.US_ASCII);
        int length = HEADER_BYTES + name.length + packet;
        return ByteBuffer.allocate(length)
                .putInt(length)
                .put((byte) direction)
                .put((byte) outcome)
                .putShort((short) name.length)
                .putInt(tag)
                .put(name);
    }
}
