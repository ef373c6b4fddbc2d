package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.put16;
import static org.keysock.kernel.packet.NetworkOrder.put32;

import org.keysock.kernel.packet.InternetChecksum;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;

/** Packets as they are before anybody protects them. */
final class Plain {

    private static final int UDP = 17;

    private Plain() {}

    /** A UDP packet that is {@code length} bytes long with its headers. */
    static byte[] udp(IpAddress source, IpAddress destination, int length) {
        boolean six = source.bitLength() == 128;
        int header = six ? 40 : 20;
        byte[] bytes = new byte[length];
        if (six) {
            put32(bytes, 0, 0x60000000);
            put16(bytes, 4, length - header);
            bytes[6] = UDP;
            bytes[7] = 61;
            System.arraycopy(source.toBytes(), 0, bytes, 8, 16);
            System.arraycopy(destination.toBytes(), 0, bytes, 24, 16);
        } else {
            put16(bytes, 0, 0x4500);
            put16(bytes, 2, length);
            put16(bytes, 4, 0x1234);
            bytes[8] = 61;
            bytes[9] = UDP;
            put32(bytes, 12, ((Ipv4Address) source).bits());
            put32(bytes, 16, ((Ipv4Address) destination).bits());
            Ipv4Header.checksum(bytes, 0);
        }
        put16(bytes, header, 1024);
        put16(bytes, header + 2, 53);
        put16(bytes, header + 4, length - header);
        for (int i = header + 8; i < length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        long pseudo = InternetChecksum.pseudoHeader(bytes, 0, UDP, length - header);
        put16(
                bytes,
                header + 6,
                InternetChecksum.of(InternetChecksum.add(pseudo, bytes, header, length - header)));
        return bytes;
    }
}
