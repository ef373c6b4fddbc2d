package org.keysock.kernel.transform;

import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.Ipv6Header;
import org.keysock.kernel.packet.NetworkOrder;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/** The flow of a packet as plain numbers: what a {@link Flow} says, without an object a packet. */
final class FlowKey {

    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    boolean six;
    int protocol;
    int sourcePort;
    int destinationPort;

    /** The flow of a packet whose headers have been read. */
    FlowKey read(byte[] bytes, IpHeaders headers) {
        int ip = headers.start();
        six = headers.six();
        if (six) {
            sourceHigh = NetworkOrder.i64(bytes, ip + Ipv6Header.SOURCE);
            sourceLow = NetworkOrder.i64(bytes, ip + Ipv6Header.SOURCE + 8);
            destinationHigh = NetworkOrder.i64(bytes, ip + Ipv6Header.DESTINATION);
            destinationLow = NetworkOrder.i64(bytes, ip + Ipv6Header.DESTINATION + 8);
        } else {
            sourceHigh = 0;
            sourceLow = unsigned(NetworkOrder.i32(bytes, ip + Ipv4Header.SOURCE));
            destinationHigh = 0;
            destinationLow = unsigned(NetworkOrder.i32(bytes, ip + Ipv4Header.DESTINATION));
        }
        protocol = headers.protocol();
        sourcePort = headers.sourcePort(bytes);
        destinationPort = headers.destinationPort(bytes);
        return this;
    }

    /** The same flow as an object has it, whose ends are of one family. */
    FlowKey read(Flow flow) {
        six = flow.source() instanceof Ipv6Address;
        sourceHigh = SaContext.high(flow.source());
        sourceLow = SaContext.low(flow.source());
        destinationHigh = SaContext.high(flow.destination());
        destinationLow = SaContext.low(flow.destination());
        protocol = flow.protocol();
        sourcePort = flow.sourcePort();
        destinationPort = flow.destinationPort();
        return this;
    }

    /** The flow as an object. */
    Flow flow() {
        return new Flow(source(), destination(), protocol, sourcePort, destinationPort);
    }

    /** Where it comes from. */
    IpAddress source() {
        return six ? new Ipv6Address(sourceHigh, sourceLow) : new Ipv4Address((int) sourceLow);
    }

    /** Where it goes. */
    IpAddress destination() {
        return six
                ? new Ipv6Address(destinationHigh, destinationLow)
                : new Ipv4Address((int) destinationLow);
    }

    private static long unsigned(int bits) {
        return Integer.toUnsignedLong(bits);
    }
}
