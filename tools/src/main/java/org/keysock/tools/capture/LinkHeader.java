package org.keysock.tools.capture;

import java.util.Map;

/**
 * The header that a link puts before IP packets, by its LINKTYPE_ number
 * (https://www.tcpdump.org/linktypes.html). Where it is not IP that follows, there is no packet for
 * us.
 */
public final class LinkHeader {

    /** What {@link #packet} says of a frame that carries no IP. */
    public static final int NOT_IP = -1;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int VLAN = 0x8100;
    private static final int PROVIDER_VLAN = 0x88a8;
    private static final int OLD_PROVIDER_VLAN = 0x9100;
    private static final int VLAN_BYTES = 4;
    private static final int IPV6_HEADER = 40;

    /** An IPv4 header without options. */
    private static final int LEAST = 20;

    /** AF_INET of every system, and what AF_INET6 is on Linux, the BSDs, macOS, Solaris. */
    private static final int[] FAMILIES = {2, 10, 24, 28, 30, 26};

    /** Where the IP packet begins in a frame of that link, or {@link #NOT_IP}. */
    private interface Header {
        int end(byte[] frame);
    }

    private static final Map<Integer, Header> HEADERS =
            Map.of(
                    0, LinkHeader::behindFamily,
                    1, frame -> behindType(frame, 12),
                    12, frame -> 0,
                    14, frame -> 0,
                    101, frame -> 0,
                    108, LinkHeader::behindFamily,
                    113, frame -> behindType(frame, 14),
                    228, frame -> 0,
                    229, frame -> 0,
                    276, LinkHeader::behindCooked2);

    private LinkHeader() {}

    /** Whether that link's headers are known here. */
    public static boolean isKnown(int linkType) {
        return HEADERS.containsKey(linkType);
    }

    /** Where the IP packet begins in a frame, or {@link #NOT_IP}. */
    public static int packet(CapturedFrame frame) {
        Header header = HEADERS.get(frame.linkType());
        int begin = header == null ? NOT_IP : header.end(frame.bytes());
        if (begin == NOT_IP || begin >= frame.bytes().length) {
            return NOT_IP;
        }
        int version = (frame.bytes()[begin] >> 4) & 15;
        return version == 4 || version == 6 ? begin : NOT_IP;
    }

    /**
     * Where the IP packet ends that begins there: a link may fill up its frames. A packet that
     * claims to be longer than what was captured ends with it.
     */
    public static int end(byte[] frame, int begin) {
        boolean six = ((frame[begin] >> 4) & 15) == 6;
        int declared = six ? IPV6_HEADER + number16(frame, begin + 4) : number16(frame, begin + 2);
        int left = frame.length - begin;
        return begin + (declared >= LEAST && declared < left ? declared : left);
    }

    /** An EtherType at that place, perhaps behind VLAN tags. */
    private static int behindType(byte[] frame, int typeAt) {
        int at = typeAt;
        while (isVlan(number16(frame, at))) {
            at += VLAN_BYTES;
        }
        return isIp(number16(frame, at)) ? at + 2 : NOT_IP;
    }

    /** SLL2: the EtherType comes first, then 18 bytes more; the tags of VLANs are behind these. */
    private static int behindCooked2(byte[] frame) {
        int type = number16(frame, 0);
        if (isVlan(type)) {
            return behindType(frame, 22);
        }
        return isIp(type) ? 20 : NOT_IP;
    }

    /** An address family in four bytes, of whatever order. */
    private static int behindFamily(byte[] frame) {
        if (frame.length < 4) {
            return NOT_IP;
        }
        int big = (number16(frame, 0) << 16) | number16(frame, 2);
        for (int family : FAMILIES) {
            if (big == family || Integer.reverseBytes(big) == family) {
                return 4;
            }
        }
        return NOT_IP;
    }

    private static boolean isVlan(int type) {
        return type == VLAN || type == PROVIDER_VLAN || type == OLD_PROVIDER_VLAN;
    }

    private static boolean isIp(int type) {
        return type == IPV4 || type == IPV6;
    }

    /** Two bytes in network order; -1 when the frame ends before. */
    private static int number16(byte[] frame, int at) {
        return at + 2 > frame.length ? -1 : ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
    }
}
