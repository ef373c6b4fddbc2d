package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.MessageType;

/** X_SPDDELETE by direction and selector, X_SPDDELETE2 by id. All hear what was deleted. */
final class SpdDelete implements LinuxVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        boolean byId = request.header().type() == MessageType.X_SPDDELETE2;
        Policy policy =
                byId
                        ? PolicyRequest.byId(request.message(), engine)
                        : PolicyRequest.bySelector(request.message(), engine);
        engine.spd().remove(policy);
        return Outcome.of(Outcome.Event.POLICY_DELETED, request, policy);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        BaseHeader header = outcome.header(MessageType.X_SPDDELETE);
        boolean byId = header.type() == MessageType.X_SPDDELETE2;
        audience.all(
                PolicyMessage.of(
                        byId ? MessageType.X_SPDDELETE2 : MessageType.X_SPDDELETE,
                        header,
                        outcome.thePolicy(),
                        PolicyMessage.REFERENCES_DELETED,
                        audience.engine()));
    }
}
