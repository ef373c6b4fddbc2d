package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.put16;
import static org.keysock.kernel.packet.NetworkOrder.put32;
import static org.keysock.kernel.packet.NetworkOrder.put64;
import static org.keysock.kernel.packet.NetworkOrder.u16;

import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.Ipv6Header;

/**
 * Outer headers of tunnels and what they tell inner ones: RFC 4301 section 5.1.2, RFC 6040; where
 * these leave a choice, as Linux does it.
 */
final class Tunnel {

    private static final int HOPS = 64;

    private static final int ECN = 3;
    private static final int NOT_CAPABLE = 0;
    private static final int CAPABLE_1 = 1;
    private static final int CAPABLE_0 = 2;
    private static final int CONGESTION = 3;

    private int identification;

    /**
     * Tunnels of one thread.
     *
     * @param identification of the first outer IPv4 header that may be fragmented
     */
    Tunnel(int identification) {
        this.identification = identification;
    }

    /** Sets what the next outer IPv4 header that may be fragmented is called. */
    void identification(int next) {
        identification = next;
    }

    /** Bytes of an outer header. */
    static int headerLength(SaContext sa) {
        return sa.six ? Ipv6Header.LENGTH : Ipv4Header.LENGTH;
    }

    /**
     * Writes an outer header.
     *
     * @param at where
     * @param inner where the packet inside begins
     * @param length of the outer packet
     */
    void write(byte[] bytes, int at, int inner, int length, int protocol, SaContext sa) {
        boolean innerSix = Ipv4Header.version(bytes, inner) == 6;
        int tos = outerTos(tos(bytes, inner), sa.noEcn);
        if (sa.six) {
            int label = innerSix ? Ipv6Header.flowLabel(bytes, inner) : 0;
            Ipv6Header.firstWord(bytes, at, tos, label);
            put16(bytes, at + Ipv6Header.PAYLOAD_LENGTH, length - Ipv6Header.LENGTH);
            bytes[at + Ipv6Header.NEXT_HEADER] = (byte) protocol;
            bytes[at + Ipv6Header.HOP_LIMIT] = HOPS;
            put64(bytes, at + Ipv6Header.SOURCE, sa.sourceHigh);
            put64(bytes, at + Ipv6Header.SOURCE + 8, sa.sourceLow);
            put64(bytes, at + Ipv6Header.DESTINATION, sa.destinationHigh);
            put64(bytes, at + Ipv6Header.DESTINATION + 8, sa.destinationLow);
            return;
        }
        boolean whole =
                !sa.noPathMtu
                        && (innerSix
                                || (u16(bytes, inner + Ipv4Header.FRAGMENT)
                                                & Ipv4Header.DONT_FRAGMENT)
                                        != 0);
        put16(bytes, at, 0x4500 | tos);
        put16(bytes, at + Ipv4Header.TOTAL_LENGTH, length);
        put16(bytes, at + Ipv4Header.IDENTIFICATION, whole ? 0 : identification++);
        put16(bytes, at + Ipv4Header.FRAGMENT, whole ? Ipv4Header.DONT_FRAGMENT : 0);
        bytes[at + Ipv4Header.TTL] = HOPS;
        bytes[at + Ipv4Header.PROTOCOL] = (byte) protocol;
        put32(bytes, at + Ipv4Header.SOURCE, (int) sa.sourceLow);
        put32(bytes, at + Ipv4Header.DESTINATION, (int) sa.destinationLow);
        Ipv4Header.checksum(bytes, at);
    }

    /** A mark of congestion stays inside: RFC 3168 section 9.1.1. */
    private static int outerTos(int tos, boolean noEcn) {
        if (noEcn) {
            return tos & ~ECN;
        }
        return (tos & ECN) == CONGESTION ? (tos & ~ECN) | CAPABLE_0 : tos;
    }

    /**
     * Lets an inner header know what happened to the outer one.
     *
     * @param outerTos DSCP and ECN of the outer header
     * @param inner where the inner packet begins
     */
    static Fate leave(byte[] bytes, int outerTos, int inner, SaContext sa) {
        int tos = tos(bytes, inner);
        int told = sa.decapDscp ? (outerTos & ~ECN) | (tos & ECN) : tos;
        int outer = outerTos & ECN;
        int own = tos & ECN;
        if (!sa.noEcn && outer == CONGESTION) {
            if (own == NOT_CAPABLE) {
                return Fate.CONGESTION;
            }
            told |= CONGESTION;
        } else if (!sa.noEcn && outer == CAPABLE_1 && own == CAPABLE_0) {
            told = (told & ~ECN) | CAPABLE_1;
        }
        if (told != tos) {
            if (Ipv4Header.version(bytes, inner) == 4) {
                Ipv4Header.tos(bytes, inner, told);
            } else {
                Ipv6Header.firstWord(bytes, inner, told, Ipv6Header.flowLabel(bytes, inner));
            }
        }
        return Fate.DELIVERED;
    }

    /** DSCP and ECN of a packet of either version. */
    static int tos(byte[] bytes, int ip) {
        return Ipv4Header.version(bytes, ip) == 4
                ? Ipv4Header.tos(bytes, ip)
                : Ipv6Header.trafficClass(bytes, ip);
    }
}
