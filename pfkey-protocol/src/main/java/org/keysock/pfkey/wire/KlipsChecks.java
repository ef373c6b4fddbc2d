package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.KlipsForm;

/**
 * What KLIPS' parser asks of each extension's body: klips.md 2.5. A proposal and a list of
 * algorithms are not looked at here: no message to the kernel may have the list, and the kernel
 * refuses every proposal with the same errno.
 */
final class KlipsChecks {

    /** SA types that stand for a protocol, a bit each: AH, ESP, IPIP, COMP, INT. */
    static final int WITH_PROTOCOL = 1 << 2 | 1 << 3 | 1 << 9 | 1 << 10 | 1 << 11;

    private static final int MAX_REPLAY_WINDOW = 64;
    private static final int STATE_DEAD = 3;
    private static final int MAX_IDENTITY_TYPE = 4;
    private static final int LAST_RESERVED_SPI = 255;

    private static final Fault SA = invalid("algorithm, state, window or reference out of range");
    private static final Fault ADDRESS = invalid("address malformed");
    private static final Fault FAMILY =
            Fault.answered(Errno.EPFNOSUPPORT, Diagnostic.NONE, "address family not known");
    private static final Fault PREFIX =
            Fault.answered(Errno.EAFNOSUPPORT, Diagnostic.NONE, "address with a prefix length");
    private static final Fault KEY = invalid("key malformed");
    private static final Fault IDENTITY = invalid("identity malformed");
    private static final Fault RANGE = invalid("SPI range malformed");
    private static final Fault RESERVED_SPI =
            Fault.answered(Errno.EEXIST, Diagnostic.NONE, "SPI range reaches below 256");
    private static final Fault PRIVATE = invalid("X_KMPRIVATE is not taken");
    private static final Fault SATYPE2 = invalid("second SA type without a protocol");
    private static final Fault DEBUG = invalid("reserved bits are set");

    private KlipsChecks() {}

    static Fault invalid(String reason) {
        return Fault.answered(Errno.EINVAL, Diagnostic.NONE, reason);
    }

    /** Whether a number of an SA type stands for a protocol. */
    static boolean protocol(int saType) {
        return saType < Integer.SIZE && (WITH_PROTOCOL >>> saType & 1) != 0;
    }

    /** SA and X_SA2. */
    record Sa(KlipsForm form, int maxAuth, int maxEncrypt) implements CheckedCodec.Check {

        @Override
        public @Nullable Fault of(Cursor body) {
            boolean right =
                    body.peek8(4) <= MAX_REPLAY_WINDOW
                            && body.peek8(5) < STATE_DEAD
                            && body.peek8(6) <= maxAuth
                            && body.peek8(7) <= maxEncrypt;
            body.skip(12);
            int reference = body.u32();
            return right && (reference == -1 || inRange(reference)) ? null : SA;
        }

        private boolean inRange(int reference) {
            return Integer.compareUnsigned(reference, form.references()) < 0;
        }
    }

    static @Nullable Fault address(Cursor body) {
        if (body.remaining() < 4 + SockaddrForm.INET_BYTES || body.peek16(2) != 0) {
            return ADDRESS;
        }
        int bytes = SockaddrForm.LINUX.bytes(body.peek16(4));
        if (bytes == 0) {
            return FAMILY;
        }
        if (body.remaining() != 4 + ((bytes + 7) & -8)) {
            return ADDRESS;
        }
        return body.peek8(1) == 0 ? null : PREFIX;
    }

    static @Nullable Fault key(Cursor body) {
        int bits = body.peek16(0);
        int words = (bits + 63) >> 6;
        boolean right = bits != 0 && body.peek16(2) == 0 && body.remaining() == 4 + 8 * words;
        return right ? null : KEY;
    }

    static @Nullable Fault identity(Cursor body) {
        int room = body.remaining();
        boolean right =
                body.peek16(0) <= MAX_IDENTITY_TYPE
                        && body.peek16(2) == 0
                        && (room == 12 || body.peek8(room - 1) == 0);
        return right ? null : IDENTITY;
    }

    static @Nullable Fault spiRange(Cursor body) {
        int min = body.u32be();
        int max = body.u32be();
        if (body.u32() != 0 || Integer.compareUnsigned(max, min) < 0) {
            return RANGE;
        }
        return Integer.compareUnsigned(min, LAST_RESERVED_SPI) > 0 ? null : RESERVED_SPI;
    }

    static @Nullable Fault neverTaken(Cursor body) {
        return PRIVATE;
    }

    static @Nullable Fault saType2(Cursor body) {
        int four = body.u32be();
        return (four & 0xffffff) == 0 && protocol(four >>> 24) ? null : SATYPE2;
    }

    static @Nullable Fault debug(Cursor body) {
        body.skip(KlipsCodecs.Debug.BYTES);
        return body.u32() == 0 ? null : DEBUG;
    }

    static @Nullable Fault protocolExtension(Cursor body) {
        return body.peek8(3) == 0 ? null : DEBUG;
    }
}
