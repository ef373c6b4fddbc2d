package org.keysock.kernel.packet;

import org.jspecify.annotations.Nullable;

/**
 * One IP packet in a byte array with room before and behind it, so that transforms add and remove
 * headers without a copy. Offsets count from the start of the array. Used again for packet after
 * packet by one thread.
 */
public final class Packet {

    /** Room before and behind a packet that every transform of a group may fill: bytes. */
    public static final int ROOM = 512;

    private final byte[] bytes;
    private int start;
    private int end;
    private @Nullable Object origin;

    /**
     * An empty packet.
     *
     * @param longest bytes of the longest packet it will be loaded with
     */
    public Packet(int longest) {
        bytes = new byte[longest + 2 * ROOM];
        start = ROOM;
        end = ROOM;
    }

    /**
     * Takes in a copy of a packet.
     *
     * @throws IllegalArgumentException if it is longer than this was made for
     */
    public void load(byte[] from, int offset, int length) {
        if (length > bytes.length - 2 * ROOM) {
            throw new IllegalArgumentException(
                    length + " bytes do not fit into " + (bytes.length - 2 * ROOM));
        }
        System.arraycopy(from, offset, bytes, ROOM, length);
        start = ROOM;
        end = ROOM + length;
        origin = null;
    }

    /** Who wants to know what becomes of it in the end; null for nobody. */
    public @Nullable Object origin() {
        return origin;
    }

    /** Somebody wants to know what becomes of it, until another packet is loaded. */
    public void origin(@Nullable Object asks) {
        origin = asks;
    }

    /** The array that the packet lies in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where it begins. */
    public int start() {
        return start;
    }

    /** Where it ends: behind its last byte. */
    public int end() {
        return end;
    }

    /** Its length in bytes. */
    public int length() {
        return end - start;
    }

    /** Moves its ends. */
    public void bounds(int newStart, int newEnd) {
        if (newStart < 0 || newEnd < newStart || newEnd > bytes.length) {
            throw new IndexOutOfBoundsException(newStart + " to " + newEnd + " of " + bytes.length);
        }
        start = newStart;
        end = newEnd;
    }
}
