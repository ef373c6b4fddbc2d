package org.keysock.kernel.spd;

import org.keysock.pfkey.model.IpAddress;

/**
 * Which packets a policy is about: RFC 4301 section 4.4.1.1. Addresses are kept as they were given,
 * bits beyond the prefix included, because kernels show them so.
 *
 * @param sourcePrefix bits of {@code source} that count, 0 for any address of the family
 * @param protocol of the upper layer, 0 for any
 * @param sourcePort 0 for any; the type of an ICMP message
 * @param destinationPort 0 for any; the code of an ICMP message long for them
 */
public record Selector(
        IpAddress source,
        int sourcePrefix,
        IpAddress destination,
        int destinationPrefix,
        int protocol,
        int sourcePort,
        int destinationPort) {

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /** Checks families and prefixes. */
    public Selector {
        if (!source.sameFamily(destination)) {
            throw new IllegalArgumentException(
                    "source and destination of one selector share a family");
        }
        if (sourcePrefix < 0
                || sourcePrefix > source.bitLength()
                || destinationPrefix < 0
                || destinationPrefix > destination.bitLength()) {
            throw new IllegalArgumentException("a prefix has 0 to " + source.bitLength() + " bits");
        }
    }

    /** Whether packets of that flow are meant. */
    public boolean matches(Flow flow) {
        return (protocol == 0 || protocol == flow.protocol())
                && (sourcePort == 0 || sourcePort == flow.sourcePort())
                && (destinationPort == 0 || destinationPort == flow.destinationPort())
                && flow.source().in(source, sourcePrefix)
                && flow.destination().in(destination, destinationPrefix);
    }

    /** Spreads selectors that differ in few bits; {@code equals} compares all components. */
    @Override
    public int hashCode() {
        long mixed = source.hashCode();
        mixed = mixed * SPREAD + destination.hashCode();
        mixed = mixed * SPREAD + (sourcePrefix * 256 + destinationPrefix);
        mixed = mixed * SPREAD + PortTable.pack(protocol, sourcePort, destinationPort);
        return (int) ((mixed * SPREAD) >>> 32);
    }
}
