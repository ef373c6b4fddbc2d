package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.i32;
import static org.keysock.kernel.packet.NetworkOrder.put32;
import static org.keysock.kernel.packet.NetworkOrder.u8;

import java.util.Arrays;
import org.keysock.kernel.crypto.EspProtection;
import org.keysock.kernel.packet.EspHeader;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.Packet;

/** ESP: RFC 4303. */
final class Esp implements Transform {

    /** Padding without a trailer: 1, 2, 3 and so on. */
    private static final byte[] PADDING = padding();

    private final Envelope envelope;

    Esp(Tunnel tunnel) {
        envelope = new Envelope(tunnel);
    }

    @Override
    public Fate outbound(Packet packet, SaContext sa) {
        EspProtection protection = sa.protection;
        if (protection == null) {
            return Fate.ALGORITHM;
        }
        long sequence = sa.nextSequence();
        if (sequence == 0) {
            return Fate.SEQUENCE_OVERFLOW;
        }
        Fate fate = envelope.open(packet, sa);
        if (fate != Fate.PROTECTED) {
            return fate;
        }
        int payload = packet.end() - envelope.payloadAt();
        boolean tunnel = sa.mode == SaContext.Mode.TUNNEL;
        int filling = tunnel ? Math.max(0, sa.tfcLength - payload) : 0;
        int plain = payload + filling + EspHeader.TRAILER;
        int padding = -plain & (protection.alignment() - 1);
        int before = EspHeader.LENGTH + protection.ivLength();
        int behind = filling + padding + EspHeader.TRAILER;
        if (!envelope.fits(packet, sa, before, behind + protection.icvLength())) {
            return Fate.OVERSIZED;
        }
        byte[] bytes = packet.bytes();
        int at = packet.end();
        Arrays.fill(bytes, at, at + filling, (byte) 0);
        System.arraycopy(PADDING, 0, bytes, at + filling, padding);
        int end = at + behind;
        bytes[end - 2] = (byte) padding;
        bytes[end - 1] = (byte) envelope.next();
        int esp = envelope.payloadAt() - before;
        envelope.close(packet, sa, esp, end + protection.icvLength(), IpProtocol.ESP);
        put32(bytes, esp + EspHeader.SPI, sa.spi);
        put32(bytes, esp + EspHeader.SEQUENCE, (int) sequence);
        protection.writeIv(bytes, esp + EspHeader.LENGTH, sequence);
        protection.seal(bytes, esp, end, sequence);
        sa.sent(sequence);
        return Fate.PROTECTED;
    }

    @Override
    public Fate inbound(Packet packet, SaContext sa) {
        EspProtection protection = sa.protection;
        if (protection == null) {
            return Fate.ALGORITHM;
        }
        Fate fate = envelope.find(packet, IpProtocol.ESP, EspHeader.LENGTH);
        if (fate != Fate.DELIVERED) {
            return fate;
        }
        byte[] bytes = packet.bytes();
        int esp = envelope.headers().upperAt();
        long sequence = sa.arriving(i32(bytes, esp + EspHeader.SEQUENCE));
        if (sequence == SaContext.REFUSED) {
            return Fate.REPLAYED;
        }
        int from = esp + EspHeader.LENGTH + protection.ivLength();
        int end = packet.end() - protection.icvLength();
        int block = protection.alignment();
        // stream ciphers do without the alignment that senders keep
        if (end - from < EspHeader.TRAILER || (block > 4 && (end - from) % block != 0)) {
            return sa.misSized();
        }
        if (!protection.open(bytes, esp, end, sequence)) {
            return sa.forged();
        }
        sa.received(sequence);
        int to = end - EspHeader.TRAILER - u8(bytes, end - 2);
        if (to <= from) {
            return sa.misPadded();
        }
        int inside = u8(bytes, end - 1);
        return inside == IpProtocol.NONE
                ? Fate.DUMMY
                : envelope.strip(packet, sa, from, to, inside);
    }

    private static byte[] padding() {
        byte[] padding = new byte[256];
        for (int i = 0; i < padding.length; i++) {
            padding[i] = (byte) (i + 1);
        }
        return padding;
    }
}
