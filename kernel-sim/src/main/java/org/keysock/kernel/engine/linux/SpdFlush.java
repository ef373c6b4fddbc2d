package org.keysock.kernel.engine.linux;

import java.util.List;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.MessageType;

/** X_SPDFLUSH: answered and told as FLUSH is. */
final class SpdFlush implements LinuxVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) {
        List<Policy> all = engine.spd().newestFirst();
        all.forEach(engine.spd()::remove);
        return Outcome.of(Outcome.Event.POLICIES_FLUSHED, request, all.size());
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        Flush.announce(MessageType.X_SPDFLUSH, outcome, audience);
    }
}
