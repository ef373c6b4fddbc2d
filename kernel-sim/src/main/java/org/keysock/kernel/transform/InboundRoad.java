package org.keysock.kernel.transform;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.packet.AhHeader;
import org.keysock.kernel.packet.EspHeader;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.IpcompHeader;
import org.keysock.kernel.packet.NetworkOrder;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.packet.PacketFlaw;
import org.keysock.kernel.packet.UdpHeader;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;

/** The road of packets that arrive: RFC 4301 section 5.2. */
final class InboundRoad {

    private static final int IKE_PORT = 500;

    private final PathFinder paths;
    private final Sadb sadb;
    private final Transforms transforms;
    private final KeyManagement keys;
    private final IpHeaders headers = new IpHeaders();
    private final FlowKey flow = new FlowKey();
    private final InboundCheck check = new InboundCheck();

    InboundRoad(PathFinder paths, Sadb sadb, Transforms transforms, KeyManagement keys) {
        this.paths = paths;
        this.sadb = sadb;
        this.transforms = transforms;
        this.keys = keys;
    }

    /** What becomes of a packet. */
    Fate receive(Packet packet, long wallSeconds, long millis) {
        PacketFlaw flaw = headers.check(packet);
        if (flaw != null) {
            return Fate.of(flaw);
        }
        check.begin();
        while (true) {
            flow.read(packet.bytes(), headers);
            Fate fate = layer(packet, wallSeconds, millis);
            if (fate == Fate.PASSED) {
                return arrived(wallSeconds, millis);
            }
            if (fate != Fate.DELIVERED) {
                return fate;
            }
            flaw = headers.read(packet);
            if (flaw != null) {
                return Fate.of(flaw);
            }
        }
    }

    /** All layers are off: asks policies whether they were the right ones. */
    private Fate arrived(long wallSeconds, long millis) {
        SaContext last = check.last();
        if (last != null && last.customs.groupsJudge() && !GroupCheck.innermost(last)) {
            return Fate.POLICY_MISMATCH;
        }
        FlowPath path = paths.take(flow, PolicyDirection.IN, wallSeconds, millis);
        return check.judge(path.policy());
    }

    /** Takes one layer off: DELIVERED; PASSED when the packet has none any more. */
    private Fate layer(Packet packet, long wallSeconds, long millis) {
        int at = headers.upperAt();
        return switch (headers.protocol()) {
            case IpProtocol.ESP ->
                    named(packet, SaType.ESP, at + EspHeader.SPI, wallSeconds, millis);
            case IpProtocol.AH -> named(packet, SaType.AH, at + AhHeader.SPI, wallSeconds, millis);
            case IpProtocol.IPCOMP -> compressed(packet, at, wallSeconds, millis);
            case IpProtocol.UDP -> inUdp(packet, at, wallSeconds, millis);
            case IpProtocol.IPV4, IpProtocol.IPV6 -> inIp(packet, wallSeconds, millis);
            default -> Fate.PASSED;
        };
    }

    private Fate named(Packet packet, SaType protocol, int spiAt, long wallSeconds, long millis) {
        if (headers.fragment()) {
            return Fate.FRAGMENT;
        }
        if (spiAt + 4 > packet.end()) {
            return Fate.PROTOCOL_HEADER;
        }
        SecurityAssociation sa = find(protocol, NetworkOrder.i32(packet.bytes(), spiAt));
        if (sa == null) {
            return unknown();
        }
        if (sa.state() == SaState.LARVAL) {
            return Fate.SA_STATE; // it has no keys yet
        }
        SaContext context = Contexts.of(sa);
        if (context == null) {
            return Fate.ALGORITHM;
        }
        return context.encapsulation == 0
                ? through(packet, context, wallSeconds, millis)
                : Fate.ENCAPSULATION;
    }

    private Fate compressed(Packet packet, int at, long wallSeconds, long millis) {
        if (headers.fragment()) {
            return Fate.FRAGMENT;
        }
        if (at + IpcompHeader.LENGTH > packet.end()) {
            return Fate.PROTOCOL_HEADER;
        }
        int cpi = NetworkOrder.u16(packet.bytes(), at + IpcompHeader.CPI);
        SecurityAssociation sa = find(SaType.X_IPCOMP, cpi);
        SaContext context = sa == null ? null : Contexts.of(sa);
        return context == null ? unknown() : through(packet, context, wallSeconds, millis);
    }

    /** What a tunnel has carried may be protected for somebody else. */
    private Fate unknown() {
        SaContext last = check.last();
        boolean carried = last != null && last.mode == SaContext.Mode.TUNNEL;
        return carried ? Fate.PASSED : Fate.UNKNOWN_SPI;
    }

    /** UDP on a port that an SA uses, and on the port of encapsulated ESP, may hold ESP. */
    private Fate inUdp(Packet packet, int at, long wallSeconds, long millis) {
        if (headers.fragment() || at + UdpHeader.LENGTH > packet.end()) {
            return Fate.PASSED;
        }
        int port = NetworkOrder.u16(packet.bytes(), at + UdpHeader.DESTINATION_PORT);
        int form = port == IKE_PORT ? SaContext.NON_IKE : SaDetails.IN_UDP;
        boolean own = port == SaDetails.ENCAPSULATION_PORT;
        UdpEncap udp = transforms.udp();
        UdpEncap.Content content = udp.content(packet, form);
        if (content != UdpEncap.Content.ESP) {
            return own && content == UdpEncap.Content.KEEP_ALIVE ? Fate.KEEP_ALIVE : Fate.PASSED;
        }
        SecurityAssociation sa = find(SaType.ESP, udp.spi(packet, form));
        SaContext context = sa == null ? null : Contexts.of(sa);
        if (context == null || (!own && context.destinationPort != port)) {
            return own ? unknown() : Fate.PASSED;
        }
        if (context.encapsulation != form || (own && context.destinationPort != port)) {
            return Fate.ENCAPSULATION;
        }
        int sourcePort = flow.sourcePort;
        boolean moved = sourcePort != context.sourcePort || !GroupCheck.fromSource(context, flow);
        Sockaddr from = moved ? Sockaddr.of(flow.source(), sourcePort) : null;
        Fate fate = udp.inbound(packet, context);
        if (fate != Fate.DELIVERED) {
            return fate;
        }
        if (headers.read(packet) != null) {
            return Fate.UDP_LENGTH;
        }
        fate = through(packet, context, wallSeconds, millis);
        if (fate == Fate.DELIVERED && from != null) {
            keys.arrivedFrom(context.sa, from, wallSeconds, millis);
        }
        return fate;
    }

    /** IP in IP is a layer where the SAs around it say so; else it is what was carried. */
    private Fate inIp(Packet packet, long wallSeconds, long millis) {
        SaContext last = check.last();
        if (last == null || !last.customs.groupsJudge() || headers.fragment()) {
            return Fate.PASSED;
        }
        SecurityAssociation tunnel = GroupCheck.tunnelInside(last);
        SaContext context = tunnel == null ? null : Contexts.of(tunnel);
        if (context == null) {
            return Fate.PASSED;
        }
        Fate fate = through(packet, context, wallSeconds, millis);
        if (fate == Fate.DELIVERED) {
            headers.read(packet);
            flow.read(packet.bytes(), headers);
            return GroupCheck.letsIn(context, flow) ? fate : Fate.POLICY_MISMATCH;
        }
        return fate;
    }

    private @Nullable SecurityAssociation find(SaType protocol, int spi) {
        return sadb.find(protocol, flow.six, flow.destinationHigh, flow.destinationLow, spi);
    }

    /** One SA takes its protection off and is charged. */
    private Fate through(Packet packet, SaContext context, long wallSeconds, long millis) {
        SecurityAssociation sa = context.sa;
        if (sa.state() == SaState.LARVAL || sa.state() == SaState.DEAD) {
            return Fate.SA_STATE;
        }
        SaContext last = check.last();
        if (check.full() || (context.customs.groupsJudge() && !mayFollow(last, context))) {
            return Fate.POLICY_MISMATCH;
        }
        int headerLength = headers.upperAt() - packet.start();
        Fate fate = transforms.inbound(packet, context);
        if (fate != Fate.DELIVERED) {
            return fate;
        }
        boolean whole = context.customs.wholePackets() || context.mode == SaContext.Mode.TUNNEL;
        int bytes = whole ? packet.length() : packet.length() - headerLength;
        if (!context.charge.packet(bytes, keys, wallSeconds, millis)) {
            return Fate.SA_EXPIRED;
        }
        check.add(context);
        return Fate.DELIVERED;
    }

    private boolean mayFollow(@Nullable SaContext last, SaContext context) {
        boolean inGroup = last != null && last.customs.groupsJudge();
        return GroupCheck.fromSource(context, flow)
                && (last == null || !inGroup || GroupCheck.follows(last, context.sa));
    }
}
