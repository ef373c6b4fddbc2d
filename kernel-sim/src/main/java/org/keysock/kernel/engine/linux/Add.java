package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;

/** ADD: section 8.5. All hear of it, with keys. */
final class Add implements LinuxVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation sa = Submission.of(request, engine);
        if (!engine.insert(sa)) {
            throw new Refusal(Errno.EEXIST, Reasons.taken(sa));
        }
        Acquiring.answer(request, sa, engine);
        return Outcome.of(Outcome.Event.ADDED, request, sa);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                StateMessage.whole(
                        MessageType.ADD,
                        outcome.header(MessageType.ADD),
                        outcome.theSa(),
                        audience.engine()));
    }
}
