package org.keysock.pfkey.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** Little-endian messages put together by hand, right or wrong. */
final class Bytes {

    private final ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    /** A message of that type about ESP; its length is set at the end. */
    static Bytes message(int type) {
        Bytes message = new Bytes();
        message.bytes.put((byte) 2).put((byte) type).put((byte) 0).put((byte) 3);
        message.bytes.putInt(0).putInt(7).putInt(4242);
        return message;
    }

    /** An extension of that many words, its body in hex, zeros behind. */
    Bytes extension(int type, int words, String body) {
        int end = bytes.position() + 8 * Math.max(1, words);
        bytes.putShort((short) words).putShort((short) type);
        bytes.put(HexFormat.of().parseHex(body.replace(" ", "")));
        bytes.position(Math.max(end, bytes.position()));
        return this;
    }

    /** Bytes as they are. */
    Bytes raw(String hex) {
        bytes.put(HexFormat.of().parseHex(hex.replace(" ", "")));
        return this;
    }

    /** The message with another byte at a place. */
    Bytes with(int place, int value) {
        bytes.put(place, (byte) value);
        return this;
    }

    /** The bytes, with the length they have in the header. */
    byte[] done() {
        bytes.putShort(4, (short) (bytes.position() / 8));
        return asTheyAre();
    }

    /** The bytes, with whatever is in the header. */
    byte[] asTheyAre() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
