package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;

/**
 * X_SPDADD, and X_SPDSETIDX, which is the same and answered as X_SPDADD; X_SPDUPDATE, which takes
 * the place, and the id, of the policy with that selector, if there is one. All hear of it.
 */
final class SpdPut implements LinuxVerb {

    private final MessageType told;
    private final Outcome.Event event;
    private final Reqids reqids;

    private SpdPut(MessageType told, Outcome.Event event, Reqids reqids) {
        this.told = told;
        this.event = event;
        this.reqids = reqids;
    }

    static SpdPut add(Reqids reqids) {
        return new SpdPut(MessageType.X_SPDADD, Outcome.Event.POLICY_ADDED, reqids);
    }

    static SpdPut update(Reqids reqids) {
        return new SpdPut(MessageType.X_SPDUPDATE, Outcome.Event.POLICY_UPDATED, reqids);
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Policy policy = PolicyRequest.of(request, reqids, engine);
        Policy there = engine.spd().find(policy.direction(), policy.selector());
        if (there != null && event == Outcome.Event.POLICY_ADDED) {
            throw new Refusal(
                    Errno.EEXIST,
                    "X_POLICY: "
                            + PolicyRequest.phrase(policy.direction(), policy.selector())
                            + " is there already, its id is "
                            + there.id());
        }
        engine.spd().replace(policy);
        return Outcome.of(event, request, policy);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                PolicyMessage.of(
                        told,
                        outcome.header(told),
                        outcome.thePolicy(),
                        PolicyMessage.REFERENCES_HELD,
                        audience.engine()));
    }
}
