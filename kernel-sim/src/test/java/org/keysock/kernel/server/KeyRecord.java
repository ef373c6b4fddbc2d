package org.keysock.kernel.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;

/** The bytes of a PF_KEY message from a little-endian machine (RFC 2367 section 2.3). */
record KeyRecord(byte[] bytes) {

    private static final int HEADER = 16;
    private static final int DUMP = 10;
    private static final int SPDDUMP = 18;
    private static final int EXTENSION_SA = 1;

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int type() {
        return bytes[1];
    }

    int errno() {
        return bytes[2];
    }

    private int sequence() {
        return view().getInt(8);
    }

    private int pid() {
        return view().getInt(12);
    }

    /** Whether this is the last, or only, answer to a request. */
    boolean answers(KeyRecord request) {
        boolean listed = type() == DUMP || type() == SPDDUMP;
        return type() == request.type()
                && pid() == request.pid()
                && sequence() == (listed ? 0 : request.sequence());
    }

    /** The SPI in the SA extension, as it stands on the wire. */
    int spi() {
        int at = sa();
        if (at < 0) {
            throw new IllegalArgumentException("no SA extension in " + this);
        }
        return ByteBuffer.wrap(bytes).getInt(at + 4);
    }

    /** The same message with another SPI where it has one of those given. */
    KeyRecord withSpis(Map<Integer, Integer> others) {
        int at = sa();
        Integer other = at < 0 ? null : others.get(spi());
        if (other == null) {
            return this;
        }
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).putInt(at + 4, other);
        return new KeyRecord(changed);
    }

    private int sa() {
        ByteBuffer view = view();
        for (int at = HEADER; at < bytes.length; at += 8 * view.getShort(at)) {
            if (view.getShort(at + 2) == EXTENSION_SA) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
