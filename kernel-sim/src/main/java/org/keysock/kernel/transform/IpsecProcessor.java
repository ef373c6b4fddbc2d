package org.keysock.kernel.transform;

import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.sadb.Sadb;

/**
 * The packet path: what RFC 4301 section 5 does to packets that leave and that arrive. It touches
 * no devices: packets are changed in place, and the answer says what became of them. Owned by the
 * thread that owns the databases; times are seconds since 1970, and milliseconds of the monotonic
 * clock.
 */
public final class IpsecProcessor {

    private final OutboundRoad outbound;
    private final InboundRoad inbound;
    private final FateCounts outboundCounts = new FateCounts();
    private final FateCounts inboundCounts = new FateCounts();

    /** Hears what becomes of packets that had to wait. */
    public interface Released {
        /**
         * A packet waits no more.
         *
         * @param packet as it leaves; its array is used again
         */
        void released(Packet packet, Fate fate);
    }

    /**
     * A processor.
     *
     * @param identification of the first outer IPv4 header that may be fragmented
     */
    public IpsecProcessor(PathFinder paths, Sadb sadb, KeyManagement keys, int identification) {
        Transforms transforms = new Transforms(identification);
        outbound = new OutboundRoad(paths, transforms, keys, outboundCounts);
        inbound = new InboundRoad(paths, sadb, transforms, keys);
    }

    /** A packet leaves: PASSED and PROTECTED ones go on, HELD ones are kept as a copy. */
    public Fate outbound(Packet packet, long wallSeconds, long millis) {
        return outboundCounts.count(outbound.send(packet, wallSeconds, millis));
    }

    /** A packet arrives: PASSED and DELIVERED ones go on. */
    public Fate inbound(Packet packet, long wallSeconds, long millis) {
        return inboundCounts.count(inbound.receive(packet, wallSeconds, millis));
    }

    /** Whether packets wait, so that {@link #resume} has something to do. */
    public boolean holding() {
        return outbound.holding();
    }

    /**
     * The databases may have changed, or time has passed: packets that wait for an SA go when it is
     * there, and are dropped when nobody will make it any more. Their fates are counted.
     */
    public void resume(long wallSeconds, long millis, Released listener) {
        outbound.resume(wallSeconds, millis, listener);
    }

    /** What became of packets that left. */
    public FateCounts outboundCounts() {
        return outboundCounts;
    }

    /** What became of packets that arrived. */
    public FateCounts inboundCounts() {
        return inboundCounts;
    }
}
