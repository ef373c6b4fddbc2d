package org.keysock.kernel.packet;

/** Where the fields of a UDP header begin: RFC 768. */
public final class UdpHeader {

    public static final int SOURCE_PORT = 0;
    public static final int DESTINATION_PORT = 2;
    public static final int UDP_LENGTH = 4;
    public static final int CHECKSUM = 6;

    /** Bytes of the header. */
    public static final int LENGTH = 8;

    private UdpHeader() {}
}
