package org.keysock.kernel.engine.linux;

import java.util.ArrayList;
import java.util.List;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Template;

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
        List<Demand> missing = Demand.missing(flow, policy, engine.sadb());
        missing.forEach(demand -> engine.needSa(flow, demand, now));
        List<SecurityAssociation> found = new ArrayList<>();
        for (Template template : policy.templates()) {
            SecurityAssociation sa = engine.sadb().choose(Demand.of(policy, template).of(flow));
            if (sa == null && template.level() != Template.Level.USE) {
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
