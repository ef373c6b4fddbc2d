package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.MessageType;

/** X_SPDGET by id, whatever direction the request names. The asker alone hears the answer. */
final class SpdGet implements LinuxVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        return Outcome.of(
                Outcome.Event.POLICY_GOT, request, PolicyRequest.byId(request.message(), engine));
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.asker(
                PolicyMessage.of(
                        MessageType.X_SPDGET,
                        outcome.theRequest().header(),
                        outcome.thePolicy(),
                        PolicyMessage.REFERENCES_HELD,
                        audience.engine()));
    }
}
