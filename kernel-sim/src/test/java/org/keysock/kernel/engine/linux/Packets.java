package org.keysock.kernel.engine.linux;

import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.transform.FlowPath;
import org.keysock.kernel.transform.PathFinder;

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
        FlowPath path =
                new PathFinder(engine.spd(), engine.sadb(), 1)
                        .take(flow, PolicyDirection.OUT, now.wallSeconds(), now.millis());
        Policy policy = path.policy();
        if (policy == null || policy.action() == Action.DISCARD) {
            return policy == null;
        }
        for (FlowPath.Missing missing : path.missing()) {
            engine.needSa(missing.flow(), Demand.of(policy, missing.template()), now);
        }
        // a packet that waits is sent as far as its sender can tell
        return path.waits() || path.sas().stream().allMatch(sa -> engine.used(sa, bytes, 1, now));
    }
}
