package org.keysock.kernel.transform;

import org.keysock.kernel.packet.Packet;
import org.keysock.pfkey.model.SaType;

/** The transforms of one thread, chosen by an SA's protocol. */
final class Transforms implements Transform {

    private final Tunnel tunnel;
    private final Esp esp;
    private final Ah ah;
    private final Ipcomp ipcomp;
    private final Ipip ipip;
    private final UdpEncap udp = new UdpEncap();

    /**
     * The transforms of one thread.
     *
     * @param identification of the first outer IPv4 header that may be fragmented
     */
    Transforms(int identification) {
        tunnel = new Tunnel(identification);
        esp = new Esp(tunnel);
        ah = new Ah(tunnel);
        ipcomp = new Ipcomp(tunnel);
        ipip = new Ipip(tunnel);
    }

    /** Builder of outer headers. */
    Tunnel tunnel() {
        return tunnel;
    }

    /** What looks into UDP packets on ports of encapsulated ESP. */
    UdpEncap udp() {
        return udp;
    }

    /** What a tunnel's SA of IPCOMP does to packets that were not compressed, too. */
    Ipip ipip() {
        return ipip;
    }

    /** Protects a packet, and puts it into UDP where the SA says so. */
    @Override
    public Fate outbound(Packet packet, SaContext sa) {
        Fate fate = of(sa).outbound(packet, sa);
        return fate == Fate.PROTECTED && sa.encapsulation != 0 ? udp.outbound(packet, sa) : fate;
    }

    /** Takes protection off a packet that has been taken out of its UDP already. */
    @Override
    public Fate inbound(Packet packet, SaContext sa) {
        Fate fate = of(sa).inbound(packet, sa);
        if (fate == Fate.DELIVERED
                && sa.encapsulation != 0
                && sa.mode == SaContext.Mode.TRANSPORT) {
            udp.mend(packet);
        }
        return fate;
    }

    private Transform of(SaContext sa) {
        SaType protocol = sa.sa.protocol();
        return protocol == SaType.ESP
                ? esp
                : protocol == SaType.AH ? ah : protocol == SaType.X_IPCOMP ? ipcomp : ipip;
    }
}
