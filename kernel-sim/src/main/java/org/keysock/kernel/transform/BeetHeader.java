package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.u8;

import java.util.Arrays;

/**
 * The header that carries IPv4 options of packets in BEET mode, protocol 94:
 * draft-nikander-esp-beet-mode section 5.3. Next header, length and padding are 4 bytes with a
 * reserved one; padding of no-operations and the options themselves follow, together whole words of
 * 8 bytes.
 */
final class BeetHeader {

    private static final int FIXED = 4;
    private static final int LONGEST_OPTIONS = 40;
    private static final byte NO_OPERATION = 1;

    private BeetHeader() {}

    /** Bytes of the header before so many bytes of options. */
    static int length(int options) {
        return FIXED + padding(options);
    }

    private static int padding(int options) {
        return FIXED - (options & FIXED);
    }

    /** Writes the header. */
    static void write(byte[] bytes, int at, int options, int next) {
        bytes[at] = (byte) next;
        bytes[at + 1] = (byte) (options / 8);
        bytes[at + 2] = (byte) padding(options);
        bytes[at + 3] = 0;
        Arrays.fill(bytes, at + FIXED, at + length(options), NO_OPERATION);
    }

    /** Bytes of options behind the header, -1 when it is not one. */
    static int options(byte[] bytes, int at, int end) {
        if (end - at < FIXED) {
            return -1;
        }
        int padding = u8(bytes, at + 2);
        int options = u8(bytes, at + 1) * 8 + FIXED - padding;
        boolean fits =
                (padding == 0 || padding == FIXED)
                        && options <= LONGEST_OPTIONS
                        && at + FIXED + padding + options <= end;
        return fits ? options : -1;
    }
}
