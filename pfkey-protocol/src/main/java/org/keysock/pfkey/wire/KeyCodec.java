package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.SaType;

/** SADB_EXT_KEY_AUTH and _ENCRYPT, and what is built like them: RFC 2367 section 2.3.4. */
record KeyCodec(ExtensionType type, Shape shape, Fault malformed)
        implements ExtensionCodec<Extension.Key> {

    /** How the number of bits and the number of bytes must agree. */
    enum Shape {
        /** Enough bytes for the bits. */
        ENOUGH,
        /** Enough bytes for the bits, of which there is at least one. */
        ENOUGH_NOT_EMPTY,
        /** As ENOUGH_NOT_EMPTY, but exactly as many words as whole bytes of bits need. */
        EXACT_WORDS,
        /** Anything; the reserved field counts bits of salt behind the key (Solaris' replies). */
        SALT_BEHIND
    }

    private static final int HEAD = 4;

    @Override
    public boolean checks() {
        return true;
    }

    @Override
    public @Nullable Fault check(Cursor body) {
        int room = body.remaining() - HEAD;
        int bits = body.peek16(0);
        return right(bits, room) ? null : malformed;
    }

    private boolean right(int bits, int room) {
        if (shape == Shape.ENOUGH) {
            return bytes(bits) <= room;
        }
        if (shape == Shape.EXACT_WORDS) {
            // the original rounds the bits down to bytes here: solaris.md 1.12
            return bits != 0 && words(bits / 8) == room;
        }
        return shape == Shape.SALT_BEHIND || (bits != 0 && bytes(bits) <= room);
    }

    /** Bytes up to whole words. */
    private static int words(int bytes) {
        return (bytes + 7) & -8;
    }

    private static int bytes(int bits) {
        return (bits + 7) >> 3;
    }

    @Override
    public Extension.Key read(Cursor body, SaType saType) {
        int head = body.pair16();
        int bits = head & 0xffff;
        int reserved = head >>> 16;
        int salted = shape == Shape.SALT_BEHIND ? bytes(bits + reserved) : bytes(bits);
        int length = salted <= body.remaining() ? salted : Math.min(bytes(bits), body.remaining());
        return new Extension.Key(type, bits, reserved, body.key(length));
    }

    @Override
    public void write(Extension.Key key, Sink body, SaType saType) {
        body.pair16(key.bits(), key.reserved());
        body.key(key.material());
    }
}
