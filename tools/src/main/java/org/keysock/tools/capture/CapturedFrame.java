package org.keysock.tools.capture;

/**
 * One packet of a capture file, with the headers of the link it was seen on.
 *
 * @param linkType what those headers are: a LINKTYPE_ number
 * @param nanos when it was seen, since 1970
 * @param bytes what was captured of it
 * @param wireLength its length on the link, at least that of the bytes
 */
public record CapturedFrame(int linkType, long nanos, byte[] bytes, int wireLength) {

    /** The longest that is read: what libpcap takes at most. */
    public static final int LONGEST = 262_144;
}
