package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.MessageType;

/** X_SPDUPDATE: takes the place, and the id, of the policy with that selector, if there is one. */
final class SpdUpdate implements LinuxVerb {

    private final Reqids reqids;

    SpdUpdate(Reqids reqids) {
        this.reqids = reqids;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Policy policy = PolicyRequest.of(request, reqids, engine);
        engine.spd().replace(policy);
        return Outcome.of(Outcome.Event.POLICY_UPDATED, request, policy);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                PolicyMessage.of(
                        MessageType.X_SPDUPDATE,
                        outcome.header(MessageType.X_SPDUPDATE),
                        outcome.thePolicy(),
                        PolicyMessage.REFERENCES_HELD));
    }
}
