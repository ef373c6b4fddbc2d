package org.keysock.kernel.packet;

/** Where the fields of ESP begin: RFC 4303 section 2. */
public final class EspHeader {

    public static final int SPI = 0;
    public static final int SEQUENCE = 4;

    /** Bytes before the initialisation vector. */
    public static final int LENGTH = 8;

    /** Bytes of the trailer behind the padding: pad length and next header. */
    public static final int TRAILER = 2;

    private EspHeader() {}
}
