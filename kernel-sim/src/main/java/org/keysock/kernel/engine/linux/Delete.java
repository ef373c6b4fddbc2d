package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.MessageType;

/** DELETE: section 8.7. All hear the whole SA, dead, with keys. */
final class Delete implements LinuxVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation sa = Checks.named(request, engine);
        Endings.deleted(sa, request, engine);
        return Outcome.NOTHING;
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                StateMessage.whole(
                        MessageType.DELETE,
                        outcome.header(MessageType.DELETE),
                        outcome.theSa(),
                        audience.engine()));
    }
}
