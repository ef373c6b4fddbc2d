package org.keysock.kernel.packet;

/** Where the fields of IPCOMP begin: RFC 3173 section 3.3. */
public final class IpcompHeader {

    public static final int NEXT_HEADER = 0;
    public static final int FLAGS = 1;
    public static final int CPI = 2;

    /** Bytes of the header. */
    public static final int LENGTH = 4;

    private IpcompHeader() {}
}
