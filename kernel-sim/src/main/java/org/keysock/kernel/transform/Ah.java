package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.i32;
import static org.keysock.kernel.packet.NetworkOrder.put16;
import static org.keysock.kernel.packet.NetworkOrder.put32;
import static org.keysock.kernel.packet.NetworkOrder.u8;

import java.util.Arrays;
import org.keysock.kernel.crypto.Integrity;
import org.keysock.kernel.packet.AhHeader;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.Packet;

/** AH: RFC 4302. */
final class Ah implements Transform {

    private final Envelope envelope;
    private final ImmutableHeader immutable = new ImmutableHeader();
    private final byte[] high = new byte[4];

    Ah(Tunnel tunnel) {
        envelope = new Envelope(tunnel);
    }

    @Override
    public Fate outbound(Packet packet, SaContext sa) {
        Integrity integrity = sa.integrity;
        if (integrity == null) {
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
        int length = length(integrity, sa.six ? 8 : sa.ahAlignment);
        if (!envelope.fits(packet, sa, length, 0)) {
            return Fate.OVERSIZED;
        }
        byte[] bytes = packet.bytes();
        int ah = envelope.payloadAt() - length;
        envelope.close(packet, sa, ah, packet.end(), IpProtocol.AH);
        bytes[ah + AhHeader.NEXT_HEADER] = (byte) envelope.next();
        bytes[ah + AhHeader.PAYLOAD_LENGTH] = (byte) (length / 4 - 2);
        put16(bytes, ah + AhHeader.RESERVED, 0);
        put32(bytes, ah + AhHeader.SPI, sa.spi);
        put32(bytes, ah + AhHeader.SEQUENCE, (int) sequence);
        Arrays.fill(bytes, ah + AhHeader.LENGTH, ah + length, (byte) 0);
        Fate covered = cover(packet, ah, length, integrity, sa.extended, sequence);
        if (covered != Fate.PROTECTED) {
            return covered;
        }
        integrity.finish(bytes, ah + AhHeader.LENGTH);
        sa.sent(sequence);
        return Fate.PROTECTED;
    }

    @Override
    public Fate inbound(Packet packet, SaContext sa) {
        Integrity integrity = sa.integrity;
        if (integrity == null) {
            return Fate.ALGORITHM;
        }
        Fate fate = envelope.find(packet, IpProtocol.AH, AhHeader.LENGTH);
        if (fate != Fate.DELIVERED) {
            return fate;
        }
        byte[] bytes = packet.bytes();
        int ah = envelope.headers().upperAt();
        int length = AhHeader.length(bytes, ah);
        boolean right =
                length == length(integrity, 8) || (!sa.six && length == length(integrity, 4));
        if (!right || ah + length > packet.end()) {
            return Fate.AH_LENGTH;
        }
        long sequence = sa.arriving(i32(bytes, ah + AhHeader.SEQUENCE));
        if (sequence == SaContext.REFUSED) {
            return Fate.REPLAYED;
        }
        Fate covered = cover(packet, ah, length, integrity, sa.extended, sequence);
        if (covered != Fate.PROTECTED) {
            return covered;
        }
        if (!integrity.matches(bytes, ah + AhHeader.LENGTH)) {
            return sa.forged();
        }
        sa.received(sequence);
        int inside = u8(bytes, ah + AhHeader.NEXT_HEADER);
        return envelope.strip(packet, sa, ah + length, packet.end(), inside);
    }

    /** Takes in all that the integrity check value covers: RFC 4302 section 3.3.3. */
    private Fate cover(
            Packet packet,
            int ah,
            int length,
            Integrity integrity,
            boolean extended,
            long sequence) {
        byte[] bytes = packet.bytes();
        int header = ah + length - packet.start();
        byte[] copy = immutable.of(bytes, packet.start(), ah, ah + length);
        if (copy == null) {
            return envelope.headers().six() ? Fate.EXTENSION_HEADERS : Fate.OPTIONS;
        }
        int icv = ah + AhHeader.LENGTH - packet.start();
        Arrays.fill(copy, icv, icv + integrity.icvLength(), (byte) 0);
        integrity.update(copy, 0, header);
        integrity.update(bytes, ah + length, packet.end() - ah - length);
        if (extended) {
            put32(high, 0, (int) (sequence >>> 32));
            integrity.update(high, 0, high.length);
        }
        return Fate.PROTECTED;
    }

    private static int length(Integrity integrity, int alignment) {
        int length = AhHeader.LENGTH + integrity.icvLength();
        return length + (-length & (alignment - 1));
    }
}
