package org.keysock.kernel.engine.linux;

import java.util.ArrayList;
import java.util.List;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Need;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;

/** Stands for a network stack: packets that leave meet policies and SAs. */
final class Packets {

    private Packets() {}

    /**
     * A packet leaves.
     *
     * @param bytes behind its IP header
     * @return whether the call that sent it succeeds, as it does for packets that wait or are lost
     */
    static boolean send(KeyEngine engine, Flow flow, long bytes, Now now) {
        Policy policy = engine.spd().judge(flow, PolicyDirection.OUT);
        if (policy == null || policy.action() != Action.IPSEC) {
            return policy == null || policy.action() == Action.NONE;
        }
        for (Need need : Need.missing(flow, policy, engine.sadb())) {
            engine.needSa(need.flow(), need.demand(), now);
        }
        List<SecurityAssociation> found = new ArrayList<>();
        for (Need need : Need.of(flow, policy)) {
            SecurityAssociation sa = need.sa(engine.sadb());
            if (sa == null && !need.optional()) {
                return true; // the packet waits
            }
            if (sa != null) {
                found.add(sa);
            }
        }
        for (SecurityAssociation sa : found) {
            if (!engine.used(sa, bytes, 1, now)) {
                return false;
            }
        }
        policy.used(now.wallSeconds(), now.millis());
        return true;
    }
}
