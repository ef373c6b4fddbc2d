package org.keysock.kernel.packet;

/** The checksum of IPv4 headers, UDP, TCP and ICMP: RFC 1071, RFC 1624. */
public final class InternetChecksum {

    private InternetChecksum() {}

    /**
     * Adds bytes to a sum; all pieces but the last have an even length.
     *
     * @param sum of what precedes, 0 for none
     */
    public static long add(long sum, byte[] bytes, int offset, int length) {
        long total = sum;
        int at = offset;
        int end = offset + length;
        for (; at + 4 <= end; at += 4) {
            total += Integer.toUnsignedLong(NetworkOrder.i32(bytes, at));
        }
        if (at + 2 <= end) {
            total += NetworkOrder.u16(bytes, at);
            at += 2;
        }
        return at < end ? total + (NetworkOrder.u8(bytes, at) << 8) : total;
    }

    /** The checksum of a sum. */
    public static int of(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) ~folded & 0xffff;
    }

    /** The checksum of some bytes; 0 when a right checksum is among them. */
    public static int of(byte[] bytes, int offset, int length) {
        return of(add(0, bytes, offset, length));
    }

    /** The checksum after one 16-bit word has changed: RFC 1624 equation 3. */
    public static int changed(int checksum, int oldWord, int newWord) {
        return of((long) (~checksum & 0xffff) + (~oldWord & 0xffff) + (newWord & 0xffff));
    }

    /**
     * The sum of the pseudo header of an upper layer: RFC 768, RFC 8200 section 8.1.
     *
     * @param ip where the IP header begins
     * @param length of the upper layer's header and data
     */
    public static long pseudoHeader(byte[] bytes, int ip, int protocol, int length) {
        long sum = (long) (length >>> 16) + (length & 0xffff) + protocol;
        return Ipv4Header.version(bytes, ip) == 4
                ? add(sum, bytes, ip + Ipv4Header.SOURCE, 8)
                : add(sum, bytes, ip + Ipv6Header.SOURCE, 32);
    }
}
