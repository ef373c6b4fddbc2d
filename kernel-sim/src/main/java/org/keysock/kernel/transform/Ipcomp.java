package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.put16;
import static org.keysock.kernel.packet.NetworkOrder.u8;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.IpcompHeader;
import org.keysock.kernel.packet.Packet;

/** IPCOMP with DEFLATE: RFC 3173, RFC 2394. */
final class Ipcomp implements Transform {

    /** Payloads below leave as they are: they hardly ever shrink. Linux' number. */
    private static final int THRESHOLD = 90;

    private static final int LONGEST = 0xffff;

    private final Envelope envelope;
    private final Ipip plain;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] result = new byte[LONGEST];

    Ipcomp(Tunnel tunnel) {
        envelope = new Envelope(tunnel);
        plain = new Ipip(tunnel);
    }

    /** A payload that does not shrink leaves without IPCOMP, in a tunnel as IP in IP. */
    @Override
    public Fate outbound(Packet packet, SaContext sa) {
        Fate fate = envelope.open(packet, sa);
        if (fate != Fate.PROTECTED) {
            return fate;
        }
        byte[] bytes = packet.bytes();
        int from = envelope.payloadAt();
        int length = packet.end() - from;
        int compressed = length < THRESHOLD ? -1 : deflate(bytes, from, length);
        if (compressed < 0) {
            return sa.mode == SaContext.Mode.TUNNEL ? plain.outbound(packet, sa) : fate;
        }
        int ipcomp = from - IpcompHeader.LENGTH;
        if (!envelope.fits(packet, sa, IpcompHeader.LENGTH, compressed - length)) {
            return Fate.OVERSIZED;
        }
        envelope.close(packet, sa, ipcomp, from + compressed, IpProtocol.IPCOMP);
        System.arraycopy(result, 0, bytes, from, compressed);
        bytes[ipcomp + IpcompHeader.NEXT_HEADER] = (byte) envelope.next();
        bytes[ipcomp + IpcompHeader.FLAGS] = 0;
        put16(bytes, ipcomp + IpcompHeader.CPI, sa.spi);
        sa.compressed(length, compressed);
        return Fate.PROTECTED;
    }

    /** Bytes of the compressed payload, -1 when the packet would not shrink. */
    private int deflate(byte[] bytes, int from, int length) {
        deflater.reset();
        deflater.setInput(bytes, from, length);
        deflater.finish();
        int compressed = deflater.deflate(result, 0, length - IpcompHeader.LENGTH - 1);
        return deflater.finished() ? compressed : -1;
    }

    @Override
    public Fate inbound(Packet packet, SaContext sa) {
        Fate fate = envelope.find(packet, IpProtocol.IPCOMP, IpcompHeader.LENGTH);
        if (fate != Fate.DELIVERED) {
            return fate;
        }
        byte[] bytes = packet.bytes();
        int ipcomp = envelope.headers().upperAt();
        int from = ipcomp + IpcompHeader.LENGTH;
        int length = packet.end() - from;
        int room = Math.min(LONGEST - (ipcomp - packet.start()), bytes.length - from);
        int inside = u8(bytes, ipcomp + IpcompHeader.NEXT_HEADER);
        int inflated;
        inflater.reset();
        inflater.setInput(bytes, from, length);
        try {
            inflated = inflater.inflate(result, 0, room);
        } catch (DataFormatException e) {
            return Fate.DECOMPRESSION;
        }
        if (!inflater.finished()) {
            return inflated == room ? Fate.DECOMPRESSION_BOMB : Fate.DECOMPRESSION;
        }
        if (inflated == 0) {
            return Fate.DECOMPRESSION;
        }
        System.arraycopy(result, 0, bytes, from, inflated);
        sa.compressed(inflated, length);
        return envelope.strip(packet, sa, from, from + inflated, inside);
    }
}
