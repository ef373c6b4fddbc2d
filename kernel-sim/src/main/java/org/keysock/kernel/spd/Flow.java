package org.keysock.kernel.spd;

import org.keysock.pfkey.model.IpAddress;

/**
 * Packets that belong together.
 *
 * @param protocol of the upper layer, 0 when unknown
 * @param sourcePort 0 for none
 * @param destinationPort 0 for none
 */
public record Flow(
        IpAddress source,
        IpAddress destination,
        int protocol,
        int sourcePort,
        int destinationPort) {}
