package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** FLUSH: section 8.8. The asker is answered, and all hear of it when there was an SA. */
final class Flush implements LinuxVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SaType saType = Checks.protocolOrAll(request.header().saType());
        int waiting = Waiting.all(saType, engine).size();
        return Outcome.of(Outcome.Event.FLUSHED, request, waiting + Endings.flush(saType, engine));
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        announce(MessageType.FLUSH, outcome, audience);
    }

    /** The asker hears it twice when something was removed, and the kernel's own news once. */
    static void announce(MessageType type, Outcome outcome, Audience audience) {
        BaseHeader header = outcome.header(type);
        SadbMessage message =
                SadbMessage.of(
                        BaseHeader.of(type, outcome.saType(), header.sequence(), header.pid()));
        audience.asker(message);
        if (outcome.count() > 0) {
            audience.all(message);
        }
    }
}
