package org.keysock.tools.capture;

import java.nio.ByteBuffer;

/**
 * What a pcapng file says of an interface.
 *
 * @param linkType headers of its packets
 * @param snapLength bytes it keeps of a packet, unsigned; -1 for all
 * @param resolution if_tsresol: a power of 10, or with the highest bit of 2, negative
 * @param offsetSeconds if_tsoffset
 */
record CaptureInterface(int linkType, int snapLength, int resolution, long offsetSeconds) {

    private static final int END = 0;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final int MICROSECONDS = 6;
    private static final int BINARY = 0x80;
    private static final int NANOS_DIGITS = 9;
    private static final int NANOS_BITS = 30;
    private static final long SECOND = 1_000_000_000;

    /**
     * Reads the body of an interface description.
     *
     * @param at where it begins in the file
     */
    static CaptureInterface of(ByteBuffer body, long at) throws BadCapture {
        int resolution = MICROSECONDS;
        long offset = 0;
        int snapLength = body.getInt(4);
        int option = 8;
        while (body.limit() - option >= 4 && body.getChar(option) != END) {
            int code = body.getChar(option);
            int length = body.getChar(option + 2);
            if (length > body.limit() - option - 4) {
                throw new BadCapture(
                        at + option,
                        "option "
                                + code
                                + " of an interface: "
                                + length
                                + " bytes, at most "
                                + (body.limit() - option - 4)
                                + " expected");
            }
            if (code == TIME_RESOLUTION && length == 1) {
                resolution = body.get(option + 4) & 0xff;
            } else if (code == TIME_OFFSET && length == Long.BYTES) {
                offset = body.getLong(option + 4);
            }
            option += 4 + (length + 3) / 4 * 4;
        }
        return new CaptureInterface(
                body.getChar(0), snapLength == 0 ? -1 : snapLength, resolution, offset);
    }

    /** A moment that one of its packets has, in nanoseconds since 1970. */
    long nanos(long time) {
        int power = resolution & ~BINARY;
        long nanos;
        if ((resolution & BINARY) != 0) {
            long fraction = power >= Long.SIZE ? time : time & ((1L << power) - 1);
            long seconds = power >= Long.SIZE ? 0 : time >>> power;
            int finer = Math.max(0, power - NANOS_BITS);
            fraction = finer >= Long.SIZE ? 0 : fraction >>> finer;
            nanos = seconds * SECOND + ((fraction * SECOND) >>> Math.min(power, NANOS_BITS));
        } else {
            nanos = time;
            for (int digits = power; digits < NANOS_DIGITS; digits++) {
                nanos *= 10;
            }
            for (int digits = power; digits > NANOS_DIGITS && nanos != 0; digits--) {
                nanos = Long.divideUnsigned(nanos, 10);
            }
        }
        return nanos + offsetSeconds * SECOND;
    }
}
