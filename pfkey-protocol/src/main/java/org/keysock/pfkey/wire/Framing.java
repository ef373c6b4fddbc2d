package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Fault;

/**
 * What a dialect's kernel checks of a base header before it looks at any extension; null: it does
 * not.
 *
 * @param tooShort fewer bytes than a base header
 * @param version a version other than 2
 * @param reserved reserved bits that are set
 * @param type a message type of 0 or above {@code maxType}
 * @param length {@code sadb_msg_len} is not the record's length, or below 2 words
 * @param lengthPlace when the length is checked
 * @param rounded whether a rest of fewer than 8 bytes does not count towards the record's length
 */
record Framing(
        Fault tooShort,
        @Nullable Fault version,
        @Nullable Fault reserved,
        @Nullable Fault type,
        int maxType,
        Fault length,
        Place lengthPlace,
        boolean rounded) {

    /** Places of a check among those of the fields, which are: version, reserved bits, type. */
    enum Place {
        /** Before the fields. */
        FIRST,
        /** Behind the version. */
        SECOND,
        /** Behind all fields. */
        LAST
    }

    /**
     * The framing of kernels whose {@code send} refuses what is no message, with no answer: Linux
     * and KLIPS.
     */
    static Framing refusedBySend(int maxType, Place lengthPlace, boolean rounded) {
        return new Framing(
                Fault.refused(Errno.EMSGSIZE, "shorter than a base header"),
                Fault.refused(Errno.EINVAL, "version is not 2"),
                Fault.refused(Errno.EINVAL, "reserved bits are set"),
                Fault.refused(Errno.EINVAL, "message type not known"),
                maxType,
                Fault.refused(Errno.EMSGSIZE, "sadb_msg_len is not the length of the record"),
                lengthPlace,
                rounded);
    }

    /** What a kernel wrote: only its length must be right. */
    static Framing lenient(Fault tooShort, Fault length) {
        return new Framing(tooShort, null, null, null, 0, length, Place.FIRST, false);
    }

    /** Why the record of that size at the cursor, which stays, is no message; or null. */
    @Nullable Fault check(Cursor header, int size) {
        if (size < BaseHeader.BYTES) {
            return tooShort;
        }
        boolean right = rightLength(header.peek16(4), size);
        if (lengthPlace == Place.FIRST && !right) {
            return length;
        }
        if (version != null && header.peek8(0) != BaseHeader.PF_KEY_V2) {
            return version;
        }
        if (lengthPlace == Place.SECOND && !right) {
            return length;
        }
        Fault fault = fields(header);
        return fault != null || right ? fault : length;
    }

    private boolean rightLength(int words, int size) {
        return words >= 2 && words == size >> 3 && (rounded || (size & 7) == 0);
    }

    private @Nullable Fault fields(Cursor header) {
        if (reserved != null && header.peek16(6) != 0) {
            return reserved;
        }
        int number = header.peek8(1);
        return type != null && (number == 0 || number > maxType) ? type : null;
    }
}
