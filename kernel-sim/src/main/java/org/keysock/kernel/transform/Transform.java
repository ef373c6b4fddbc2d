package org.keysock.kernel.transform;

import org.keysock.kernel.packet.Packet;

/**
 * What one kind of SA does to packets, in place. It says what became of the packet and never
 * throws, whatever the bytes; a packet that is dropped has no meaning any more. It counts sequence
 * numbers, moves the replay window and counts failures at the SA; bytes and packets are charged by
 * the caller, after success. One instance serves all SAs of one thread.
 */
interface Transform {

    /**
     * Protects a packet.
     *
     * @param packet whole and without a {@link org.keysock.kernel.packet.PacketFlaw}
     * @return {@link Fate#PROTECTED}, or why not
     */
    Fate outbound(Packet packet, SaContext sa);

    /**
     * Takes the outermost protection off a packet that the SA's protocol, SPI and destination name.
     *
     * @return {@link Fate#DELIVERED}, or why not
     */
    Fate inbound(Packet packet, SaContext sa);
}
