package org.keysock.kernel.sadb;

import org.keysock.pfkey.model.IpAddress;

/**
 * Which inner packets a tunnel SA lets in, klips.md section 3.13: source and destination must lie
 * in these networks.
 *
 * @param source network of the inner source, of either family
 * @param sourcePrefix bits of it that count
 * @param destination network of the inner destination
 * @param destinationPrefix bits of it that count
 */
public record TunnelPolicy(
        IpAddress source, int sourcePrefix, IpAddress destination, int destinationPrefix) {}
