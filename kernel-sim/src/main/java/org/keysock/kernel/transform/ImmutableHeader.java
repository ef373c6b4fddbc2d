package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.put16;
import static org.keysock.kernel.packet.NetworkOrder.put32;
import static org.keysock.kernel.packet.NetworkOrder.u8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.Ipv6Header;

/**
 * An IP header as AH covers it: what routers may change is zero, or what it will be at the
 * destination where that can be told. RFC 4302 section 3.3.3.1 and appendix A.
 */
final class ImmutableHeader {

    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int LOOSE_SOURCE_ROUTE = 131;
    private static final int STRICT_SOURCE_ROUTE = 137;

    /** The bit of an IPv6 option's type that says its data may change: RFC 8200 section 4.2. */
    private static final int CHANGES = 0x20;

    private static final int PAD_1 = 0;

    private byte[] copy = new byte[256];

    /**
     * Copies a header.
     *
     * @param start where the IP header begins
     * @param ah where AH begins
     * @param end of AH
     * @return the copy, from its first byte; null when options or extension headers run out
     */
    byte @Nullable [] of(byte[] bytes, int start, int ah, int end) {
        int length = end - start;
        if (copy.length < length) {
            copy = new byte[Math.max(length, 2 * copy.length)];
        }
        System.arraycopy(bytes, start, copy, 0, length);
        boolean whole = Ipv4Header.version(copy, 0) == 4 ? four(ah - start) : six(ah - start);
        return whole ? copy : null;
    }

    private boolean four(int headerEnd) {
        copy[Ipv4Header.TOS] = 0;
        put16(copy, Ipv4Header.FRAGMENT, 0);
        copy[Ipv4Header.TTL] = 0;
        put16(copy, Ipv4Header.CHECKSUM, 0);
        int at = Ipv4Header.LENGTH;
        while (at < headerEnd && u8(copy, at) != END_OF_OPTIONS) {
            int type = u8(copy, at);
            if (type == NO_OPERATION) {
                at++;
                continue;
            }
            if (at + 2 > headerEnd || u8(copy, at + 1) < 2 || at + u8(copy, at + 1) > headerEnd) {
                return false;
            }
            int length = u8(copy, at + 1);
            if (!immutableOption(type)) {
                boolean routes = type == LOOSE_SOURCE_ROUTE || type == STRICT_SOURCE_ROUTE;
                if (routes && length >= 7 && u8(copy, at + 2) <= length - 3) {
                    System.arraycopy(copy, at + length - 4, copy, Ipv4Header.DESTINATION, 4);
                }
                Arrays.fill(copy, at, at + length, (byte) 0);
            }
            at += length;
        }
        return true;
    }

    /** The options of appendix A1 that nobody changes on the way. */
    private static boolean immutableOption(int type) {
        return type == 130 || type == 133 || type == 134 || type == 148 || type == 149;
    }

    private boolean six(int headersEnd) {
        put32(copy, 0, 6 << 28);
        copy[Ipv6Header.HOP_LIMIT] = 0;
        int protocol = u8(copy, Ipv6Header.NEXT_HEADER);
        int at = Ipv6Header.LENGTH;
        while (at < headersEnd) {
            int next = u8(copy, at);
            int length = protocol == IpProtocol.FRAGMENT ? 8 : Ipv6Header.extensionLength(copy, at);
            if (at + length > headersEnd) {
                return false;
            }
            boolean whole =
                    switch (protocol) {
                        case IpProtocol.HOP_BY_HOP, IpProtocol.DESTINATION_OPTIONS ->
                                options(at + 2, at + length);
                        case IpProtocol.ROUTING -> route(at, length);
                        default -> true;
                    };
            if (!whole) {
                return false;
            }
            protocol = next;
            at += length;
        }
        return true;
    }

    private boolean options(int from, int end) {
        int at = from;
        while (at < end) {
            int type = u8(copy, at);
            if (type == PAD_1) {
                at++;
                continue;
            }
            if (at + 2 > end || at + 2 + u8(copy, at + 1) > end) {
                return false;
            }
            int dataEnd = at + 2 + u8(copy, at + 1);
            if ((type & CHANGES) != 0) {
                Arrays.fill(copy, at + 2, dataEnd, (byte) 0);
            }
            at = dataEnd;
        }
        return true;
    }

    /** A routing header of type 0 as it is at the end of the way: RFC 2460 section 4.4. */
    private boolean route(int at, int length) {
        int left = u8(copy, at + 3);
        if (u8(copy, at + 2) != 0 || left == 0) {
            return true;
        }
        int addresses = (length - 8) / 16;
        if (left > addresses || (length - 8) % 16 != 0) {
            return false;
        }
        // the last hop is the destination; the hops before it have moved one place back
        int first = at + 8 + 16 * (addresses - left);
        int last = at + 8 + 16 * (addresses - 1);
        for (int i = 0; i < 16; i++) {
            byte destination = copy[Ipv6Header.DESTINATION + i];
            copy[Ipv6Header.DESTINATION + i] = copy[last + i];
            for (int place = last; place > first; place -= 16) {
                copy[place + i] = copy[place - 16 + i];
            }
            copy[first + i] = destination;
        }
        copy[at + 3] = 0;
        return true;
    }
}
