package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.MessageType;

/** GET, as Libreswan repaired it: klips.md section 3.8. The asker alone hears it, without keys. */
final class Get implements KlipsVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        return Outcome.of(Outcome.Event.GOT, request, Checks.named(request, Errno.ESRCH, engine));
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        Extension.Sa asked = audience.askedHere() ? outcome.theRequest().message().sa() : null;
        if (asked != null) {
            audience.asker(
                    Description.of(MessageType.GET, outcome, audience.engine())
                            .name(asked)
                            .current()
                            .limitsSet()
                            .ends()
                            .proxy()
                            .message());
        }
    }
}
