package org.keysock.kernel.packet;

/** Where the fields of AH begin: RFC 4302 section 2. */
public final class AhHeader {

    public static final int NEXT_HEADER = 0;

    /** Length in words of 4 bytes, less 2. */
    public static final int PAYLOAD_LENGTH = 1;

    public static final int RESERVED = 2;
    public static final int SPI = 4;
    public static final int SEQUENCE = 8;

    /** Bytes before the integrity check value. */
    public static final int LENGTH = 12;

    private AhHeader() {}

    /** Bytes of the header with its integrity check value, as it says. */
    public static int length(byte[] bytes, int ah) {
        return (NetworkOrder.u8(bytes, ah + PAYLOAD_LENGTH) + 2) * 4;
    }
}
