package org.keysock.kernel.server;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/**
 * Keeps the mappings of NATs alive on the way to the peers of SAs in UDP: who has been sent nothing
 * for a while is sent a packet that means nothing (RFC 3948 section 4). Nobody tells a kernel on
 * which side the NAT is, so all are.
 */
final class KeepAlives {

    /** The default of the RFC. */
    static final long INTERVAL_MILLIS = 20_000;

    private final Sadb sadb;
    private final IpAddress ours;
    private final Consumer<Peer> sender;
    private Map<Peer, Long> sent = new HashMap<>();
    private long next;

    /** Whom a NAT's mapping leads to. */
    record Peer(IpAddress address, int port) {}

    /**
     * For SAs that leave from one address.
     *
     * @param sender what sends a keep-alive to a peer
     */
    KeepAlives(Sadb sadb, IpAddress ours, Consumer<Peer> sender) {
        this.sadb = sadb;
        this.ours = ours;
        this.sender = sender;
    }

    /** When to call {@link #expire}, on the monotonic clock. */
    long nextDeadline() {
        return next;
    }

    /** Sends what is due. */
    void expire(Now now) {
        if (now.millis() < next) {
            return;
        }
        next = now.millis() + INTERVAL_MILLIS;
        Map<Peer, Long> last = lastSent();
        for (Map.Entry<Peer, Long> peer : last.entrySet()) {
            Long before = sent.get(peer.getKey());
            if (before != null && before > peer.getValue()) {
                peer.setValue(before);
            }
            if (now.millis() - peer.getValue() >= INTERVAL_MILLIS) {
                sender.accept(peer.getKey());
                peer.setValue(now.millis());
            }
            next = Math.min(next, peer.getValue() + INTERVAL_MILLIS);
        }
        sent = last;
    }

    /** When each peer was sent a packet by an SA, or got its first SA. */
    private Map<Peer, Long> lastSent() {
        Map<Peer, Long> last = new HashMap<>();
        try (Sadb.Walk walk = sadb.walk(SaType.ESP, Sadb.Order.INSERTION)) {
            for (SecurityAssociation sa = walk.next(); sa != null; sa = walk.next()) {
                if (sa.details().udpForm() == SaDetails.IN_UDP
                        && (sa.state() == SaState.MATURE || sa.state() == SaState.DYING)
                        && sa.source().equals(ours)) {
                    SaUse use = sa.use();
                    last.merge(
                            new Peer(sa.destination(), sa.details().udpDestinationPort()),
                            use.used() ? use.lastUseMillis() : sa.addedMillis(),
                            Math::max);
                }
            }
        }
        return last;
    }
}
