package org.keysock.kernel.server;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.transform.Fate;
import org.keysock.kernel.transform.FateCounts;
import org.keysock.kernel.transform.IpsecProcessor;
import org.keysock.kernel.transform.KeyManagement;
import org.keysock.kernel.transform.PathFinder;
import org.keysock.pfkey.model.Sockaddr;

/**
 * The packets' way through the transform core: one at a time, on the loop's thread, in a buffer
 * that is used again and again. What SAs they need, use and come from goes to the engine.
 */
final class PacketPath implements KeyManagement {

    private static final int FIRST_IDENTIFICATION = 1;

    private final KernelLoop loop;
    private final KeyEngine engine;
    private final IpsecProcessor processor;
    private final Packet packet = new Packet(PacketRecord.LONGEST_PACKET);
    private @Nullable Crossing crossing;

    PacketPath(KernelLoop loop, KeyEngine engine, PathFinder paths) {
        this.loop = loop;
        this.engine = engine;
        processor = new IpsecProcessor(paths, engine.sadb(), this, FIRST_IDENTIFICATION);
    }

    /** Packets that were held and may go leave that way from now on. */
    void carry(Crossing way) {
        crossing = way;
    }

    /** The packet at hand. */
    Packet packet() {
        return packet;
    }

    /** Loads a packet from the beginning of a buffer. */
    Packet load(ByteBuffer from, int length) {
        packet.bounds(Packet.ROOM, Packet.ROOM + length);
        packet.origin(null);
        from.get(0, packet.bytes(), Packet.ROOM, length);
        return packet;
    }

    /** The packet at hand leaves. */
    Fate out() {
        Now now = loop.time().now();
        return processor.outbound(packet, now.wallSeconds(), now.millis());
    }

    /** The packet at hand arrives. */
    Fate in() {
        Now now = loop.time().now();
        return processor.inbound(packet, now.wallSeconds(), now.millis());
    }

    /** Lets packets go for which an SA has come, or none will. */
    void resume() {
        if (processor.holding()) {
            Now now = loop.time().now();
            processor.resume(now.wallSeconds(), now.millis(), this::released);
        }
    }

    private void released(Packet freed, Fate fate) {
        if (freed.origin() instanceof PacketSession.Waiting client) {
            client.released(freed, fate);
        } else if (crossing != null && Crossing.goesOn(fate)) {
            crossing.released(freed, fate);
        }
    }

    /** When {@link #expire} has something to do, on the monotonic clock. */
    long nextDeadline() {
        return crossing == null ? Long.MAX_VALUE : crossing.nextDeadline();
    }

    /** Does what time asks for. */
    void expire(Now now) {
        if (crossing != null) {
            crossing.expire(now);
        }
    }

    /** What became of packets that left. */
    FateCounts outboundCounts() {
        return processor.outboundCounts();
    }

    /** What became of packets that arrived. */
    FateCounts inboundCounts() {
        return processor.inboundCounts();
    }

    @Override
    public int needSa(Flow flow, Policy policy, Template template, long wallSeconds, long millis) {
        Acquire acquire =
                engine.needSa(flow, Demand.of(policy, template), new Now(wallSeconds, millis));
        return acquire == null ? 0 : acquire.number();
    }

    @Override
    public boolean waiting(int acquire) {
        Acquire asked = engine.acquires().find(acquire);
        return asked != null && engine.acquires().progress(asked) != Acquire.Progress.GIVEN_UP;
    }

    @Override
    public int heldPackets(Policy policy) {
        return engine.heldPackets(policy.home());
    }

    @Override
    public boolean used(SecurityAssociation sa, long bytes, long wallSeconds, long millis) {
        return engine.used(sa, bytes, 1, new Now(wallSeconds, millis));
    }

    @Override
    public void arrivedFrom(SecurityAssociation sa, Sockaddr from, long wallSeconds, long millis) {
        engine.arrivedFrom(sa, from, new Now(wallSeconds, millis));
    }
}
