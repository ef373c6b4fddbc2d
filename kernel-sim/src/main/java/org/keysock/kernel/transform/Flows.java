package org.keysock.kernel.transform;

import static org.keysock.kernel.packet.NetworkOrder.i32;
import static org.keysock.kernel.packet.NetworkOrder.i64;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.Ipv6Header;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/**
 * Flows of packets. Those that were seen lately are kept, so that packets of a known flow make no
 * garbage.
 */
final class Flows {

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final @Nullable Flow[] kept;

    /**
     * An empty cache.
     *
     * @param flows how many it keeps, a power of two
     */
    Flows(int flows) {
        if (Integer.bitCount(flows) != 1) {
            throw new IllegalArgumentException("not a power of two: " + flows);
        }
        kept = new Flow[flows];
    }

    /** The flow of a packet whose headers were read. */
    Flow of(byte[] bytes, IpHeaders headers) {
        int ip = headers.start();
        boolean six = headers.six();
        int source = ip + (six ? Ipv6Header.SOURCE : Ipv4Header.SOURCE);
        int destination = ip + (six ? Ipv6Header.DESTINATION : Ipv4Header.DESTINATION);
        long sourceHigh = six ? i64(bytes, source) : 0;
        long sourceLow = six ? i64(bytes, source + 8) : Integer.toUnsignedLong(i32(bytes, source));
        long high = six ? i64(bytes, destination) : 0;
        long low =
                six ? i64(bytes, destination + 8) : Integer.toUnsignedLong(i32(bytes, destination));
        int protocol = headers.protocol();
        int sourcePort = headers.sourcePort(bytes);
        int destinationPort = headers.destinationPort(bytes);
        long mixed = (sourceHigh + high * 31) * SPREAD + sourceLow;
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD + low;
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD + (((long) sourcePort << 16) | destinationPort);
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD + protocol;
        int slot = (int) ((mixed * SPREAD) >>> 32) & (kept.length - 1);
        Flow flow = kept[slot];
        if (flow != null
                && flow.protocol() == protocol
                && flow.sourcePort() == sourcePort
                && flow.destinationPort() == destinationPort
                && is(flow.source(), six, sourceHigh, sourceLow)
                && is(flow.destination(), six, high, low)) {
            return flow;
        }
        flow =
                new Flow(
                        address(six, sourceHigh, sourceLow),
                        address(six, high, low),
                        protocol,
                        sourcePort,
                        destinationPort);
        kept[slot] = flow;
        return flow;
    }

    private static boolean is(IpAddress address, boolean six, long high, long low) {
        return address instanceof Ipv6Address wide
                ? six && wide.high() == high && wide.low() == low
                : !six && ((Ipv4Address) address).bits() == (int) low;
    }

    private static IpAddress address(boolean six, long high, long low) {
        return six ? new Ipv6Address(high, low) : new Ipv4Address((int) low);
    }
}
