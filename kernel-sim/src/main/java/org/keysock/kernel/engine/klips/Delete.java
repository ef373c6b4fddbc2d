package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;

/**
 * DELETE: klips.md section 3.4. The whole group goes, and all hear of it once, under the name of
 * the SA that was named.
 */
final class Delete implements KlipsVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Endings.deleted(Checks.named(request, Errno.ESRCH, engine), request, engine);
        return Outcome.NOTHING;
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                Description.of(MessageType.DELETE, outcome, audience.engine())
                        .name()
                        .ends()
                        .message());
    }
}
