package org.keysock.kernel.sadb;

import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;

/**
 * What packets that leave ask of the SA that protects them: the template of their policy, and the
 * packets' own protocol and ports, which an SA in transport mode may be bound to.
 *
 * @param mode 1 transport, 2 tunnel, 3 BEET
 * @param reqid the SA has the same, also when it is 0 (Linux)
 * @param source of the SA
 * @param destination of the SA
 * @param upperProtocol 0 when unknown
 * @param sourcePort 0 for none
 * @param destinationPort 0 for none
 */
public record SaDemand(
        SaType protocol,
        int mode,
        int reqid,
        IpAddress source,
        IpAddress destination,
        int upperProtocol,
        int sourcePort,
        int destinationPort) {}
