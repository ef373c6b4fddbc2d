package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.MessageType;

/** GET: section 8.7. The asker alone hears the answer. */
final class Get implements LinuxVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        return Outcome.of(Outcome.Event.GOT, request, Checks.named(request, engine));
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.asker(
                StateMessage.whole(
                        MessageType.GET,
                        outcome.theRequest().header(),
                        outcome.theSa(),
                        audience.engine()));
    }
}
