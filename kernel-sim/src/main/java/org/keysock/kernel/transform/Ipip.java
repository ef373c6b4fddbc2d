package org.keysock.kernel.transform;

import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.Packet;

/** IP in IP: RFC 2003, RFC 2473; KLIPS' tunnels, and what IPCOMP's tunnels leave uncompressed. */
final class Ipip implements Transform {

    private final Envelope envelope;

    Ipip(Tunnel tunnel) {
        envelope = new Envelope(tunnel);
    }

    @Override
    public Fate outbound(Packet packet, SaContext sa) {
        Fate fate = envelope.open(packet, sa);
        if (fate != Fate.PROTECTED) {
            return fate;
        }
        if (!envelope.fits(packet, sa, 0, 0)) {
            return Fate.OVERSIZED;
        }
        envelope.close(packet, sa, envelope.payloadAt(), packet.end(), envelope.next());
        return Fate.PROTECTED;
    }

    @Override
    public Fate inbound(Packet packet, SaContext sa) {
        Fate fate = envelope.find(packet, IpProtocol.IPV4, 0);
        if (fate == Fate.MODE) {
            fate = envelope.find(packet, IpProtocol.IPV6, 0);
        }
        if (fate != Fate.DELIVERED) {
            return fate;
        }
        int from = envelope.headers().upperAt();
        return envelope.strip(packet, sa, from, packet.end(), envelope.headers().protocol());
    }
}
