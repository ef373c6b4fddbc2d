package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.Ipv6Header;
import org.keysock.kernel.packet.NetworkOrder;
import org.keysock.kernel.packet.Packet;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaType;

/** Outer headers: RFC 6040's tables, DSCP, DF, and packets that do not fit. */
final class TunnelTest {

    private static final int NOT = 0;
    private static final int ECT_1 = 1;
    private static final int ECT_0 = 2;
    private static final int CE = 3;

    private final Transforms transforms = new Transforms(1);
    private final Packet packet = new Packet(0xffff);

    private static SaContext tunnel(boolean six, SaFlag... flags) {
        VectorSa sa = new VectorSa();
        sa.protocol = SaType.X_IPIP;
        IpAddress source = six ? new Ipv6Address(1, 1) : Ipv4Address.of(10, 0, 0, 1);
        IpAddress destination = six ? new Ipv6Address(1, 2) : Ipv4Address.of(10, 0, 0, 2);
        sa.source = source;
        sa.destination = destination;
        sa.flags = SaFlags.of(flags);
        return sa.context();
    }

    private void load(boolean six, int tos, int fragment, int length) {
        byte[] bytes = new byte[length];
        if (six) {
            Ipv6Header.firstWord(bytes, 0, tos, 0x12345);
            bytes[Ipv6Header.NEXT_HEADER] = 59;
        } else {
            bytes[0] = 0x45;
            bytes[1] = (byte) tos;
            NetworkOrder.put16(bytes, Ipv4Header.FRAGMENT, fragment);
            bytes[Ipv4Header.PROTOCOL] = 59;
        }
        IpHeaders.length(bytes, 0, length);
        packet.load(bytes, 0, length);
    }

    /** RFC 6040 section 4.1, of its two modes the one that hides congestion: RFC 3168's. */
    @Test
    void encapsulation() {
        for (boolean outer : new boolean[] {false, true}) {
            for (boolean inner : new boolean[] {false, true}) {
                int[] told = {NOT, ECT_1, ECT_0, ECT_0};
                for (int ecn = 0; ecn < 4; ecn++) {
                    load(inner, 0xb8 | ecn, 0, 60);
                    assertEquals(Fate.PROTECTED, transforms.outbound(packet, tunnel(outer)));
                    assertEquals(0xb8 | told[ecn], Tunnel.tos(packet.bytes(), packet.start()));
                    load(inner, 0xb8 | ecn, 0, 60);
                    SaContext without = tunnel(outer, SaFlag.NOECN);
                    assertEquals(Fate.PROTECTED, transforms.outbound(packet, without));
                    assertEquals(0xb8, Tunnel.tos(packet.bytes(), packet.start()));
                }
            }
        }
    }

    /** RFC 6040 section 4.2: rows inner, columns outer; -1 is a drop. */
    @Test
    void decapsulation() {
        int[][] told = {
            {NOT, NOT, NOT, -1},
            {ECT_1, ECT_1, ECT_1, CE},
            {ECT_0, ECT_1, ECT_0, CE},
            {CE, CE, CE, CE}
        };
        for (int shape = 0; shape < 4; shape++) {
            boolean outer = (shape & 1) != 0;
            boolean inner = (shape & 2) != 0;
            for (int own = 0; own < 4; own++) {
                for (int met = 0; met < 4; met++) {
                    int wanted = told[own][met];
                    Fate fate = through(outer, inner, own, met);
                    assertEquals(wanted < 0 ? Fate.CONGESTION : Fate.DELIVERED, fate);
                    if (wanted >= 0) {
                        assertEquals(0x48 | wanted, Tunnel.tos(packet.bytes(), packet.start()));
                    }
                    Fate kept = through(outer, inner, own, met, SaFlag.NOECN);
                    assertEquals(Fate.DELIVERED, kept);
                    assertEquals(0x48 | own, Tunnel.tos(packet.bytes(), packet.start()));
                }
            }
        }
    }

    @Test
    void dscp() {
        assertEquals(Fate.DELIVERED, through(false, true, ECT_0, CE, SaFlag.DECAP_DSCP));
        assertEquals(0xb8 | CE, Tunnel.tos(packet.bytes(), packet.start()));
        assertEquals(Fate.DELIVERED, through(true, false, ECT_0, ECT_0, SaFlag.DECAP_DSCP));
        assertEquals(0xb8 | ECT_0, Tunnel.tos(packet.bytes(), packet.start()));
    }

    /** An inner packet with DSCP 0x48 meets an outer one with 0xb8 on the way. */
    private Fate through(boolean outer, boolean inner, int own, int met, SaFlag... flags) {
        load(inner, 0x48 | own, 0, 60);
        SaContext sa = tunnel(outer, flags);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, sa));
        byte[] bytes = packet.bytes();
        if (outer) {
            Ipv6Header.firstWord(bytes, packet.start(), 0xb8 | met, 0);
        } else {
            Ipv4Header.tos(bytes, packet.start(), 0xb8 | met);
        }
        Fate fate = transforms.inbound(packet, sa);
        if (fate == Fate.DELIVERED) {
            assertEquals(null, new IpHeaders().check(packet));
            assertEquals(60, packet.length());
        }
        return fate;
    }

    @Test
    void dontFragment() {
        assertEquals(0x4000, fragmentWord(false, Ipv4Header.DONT_FRAGMENT));
        assertEquals(0, fragmentWord(false, 0));
        assertEquals(0x4000, fragmentWord(true, 0));
        assertEquals(0, fragmentWord(false, Ipv4Header.DONT_FRAGMENT, SaFlag.NOPMTUDISC));
        assertEquals(0, fragmentWord(true, 0, SaFlag.NOPMTUDISC));
        // fragments may go through tunnels
        assertEquals(0, fragmentWord(false, Ipv4Header.MORE_FRAGMENTS));
    }

    private int fragmentWord(boolean inner, int word, SaFlag... flags) {
        load(inner, 0, word, 60);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, tunnel(false, flags)));
        return NetworkOrder.u16(packet.bytes(), packet.start() + Ipv4Header.FRAGMENT);
    }

    @Test
    void identificationsDiffer() {
        transforms.tunnel().identification(0xffff);
        for (int wanted : new int[] {0xffff, 0, 1}) {
            fragmentWord(false, 0);
            int at = packet.start() + Ipv4Header.IDENTIFICATION;
            assertEquals(wanted, NetworkOrder.u16(packet.bytes(), at));
        }
    }

    @Test
    void tooLong() {
        load(false, 0, 0, 0xffff - 20);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, tunnel(false)));
        load(false, 0, 0, 0xffff - 19);
        assertEquals(Fate.OVERSIZED, transforms.outbound(packet, tunnel(false)));
        load(false, 0, 0, 0xffff);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, tunnel(true)));
        Packet tight = new Packet(60);
        tight.load(new byte[60], 0, 60);
        tight.bounds(10, 70);
        load(false, 0, 0, 60);
        System.arraycopy(packet.bytes(), packet.start(), tight.bytes(), 10, 60);
        assertEquals(Fate.OVERSIZED, transforms.outbound(tight, tunnel(false)));
    }

    @Test
    void innerPacketOfTheOtherVersion() {
        load(false, 0, 0, 60);
        SaContext sa = tunnel(false);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, sa));
        packet.bytes()[packet.start() + Ipv4Header.PROTOCOL] = 41;
        Ipv4Header.checksum(packet.bytes(), packet.start());
        assertEquals(Fate.INNER_PACKET, transforms.inbound(packet, sa));
    }
}
