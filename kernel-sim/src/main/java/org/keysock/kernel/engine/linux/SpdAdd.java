package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;

/** X_SPDADD, and X_SPDSETIDX, which is the same and answered as X_SPDADD. All hear of it. */
final class SpdAdd implements LinuxVerb {

    private final Reqids reqids;

    SpdAdd(Reqids reqids) {
        this.reqids = reqids;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Policy policy = PolicyRequest.of(request, reqids, engine);
        Policy there = engine.spd().find(policy.direction(), policy.selector());
        if (there != null) {
            throw new Refusal(
                    Errno.EEXIST,
                    "X_POLICY: "
                            + PolicyRequest.phrase(policy.direction(), policy.selector())
                            + " is there already, its id is "
                            + there.id());
        }
        engine.spd().insert(policy);
        return Outcome.of(Outcome.Event.POLICY_ADDED, request, policy);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                PolicyMessage.of(
                        MessageType.X_SPDADD,
                        outcome.header(MessageType.X_SPDADD),
                        outcome.thePolicy(),
                        PolicyMessage.REFERENCES_HELD));
    }
}
