package org.keysock.kernel.server;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a server's packets come from and go to besides {@code packets.sock}.
 *
 * @param tun TUN device of plain packets
 * @param wireTun TUN device of protected packets, null when they go over UDP
 * @param wireUdp our address and port for packets in UDP, null when they go to a device
 */
public record PacketEnds(
        String tun, @Nullable String wireTun, @Nullable InetSocketAddress wireUdp) {

    /** Exactly one wire. */
    public PacketEnds {
        if ((wireTun == null) == (wireUdp == null)) {
            throw new IllegalArgumentException("one wire, a TUN device or UDP");
        }
    }
}
