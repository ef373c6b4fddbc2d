package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;

/** DELETE: section 8.7. All hear the whole SA, dead, with keys. */
final class Delete implements LinuxVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation sa = Checks.named(request, engine);
        engine.remove(sa);
        sa.state(SaState.DEAD);
        return Outcome.of(Outcome.Event.DELETED, request, sa);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                StateMessage.whole(
                        MessageType.DELETE, outcome.header(MessageType.DELETE), outcome.theSa()));
    }
}
