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
        byte[] bytes = packet.bytes();
        int at = headers.upperAt();
        return switch (headers.protocol()) {
            case IpProtocol.ESP -> named(packet, SaType.ESP, EspHeader.LENGTH, at, false);
            case IpProtocol.AH -> named(packet, SaType.AH, AhHeader.LENGTH, at + AhHeader.SPI, false);
            default -> Fate.PASSED;
        };
    }

    private Fate named(Packet packet, SaType protocol, int shortest, int spiAt, boolean inUdp) {
        return Fate.UNKNOWN_SPI;
    }
}
