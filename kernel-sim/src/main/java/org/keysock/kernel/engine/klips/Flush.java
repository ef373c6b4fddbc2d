package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** FLUSH: klips.md sections 3.7 and 2.8. All hear of it; eroutes stay. */
final class Flush implements KlipsVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SaType saType = request.header().saType();
        if (saType != SaType.UNSPEC && saType != SaType.X_INT && !Checks.isProtocol(saType)) {
            throw Refusal.invalid(
                    Reasons.saType(saType, "AH, ESP, X_IPIP, X_IPCOMP, X_INT or UNSPEC"));
        }
        boolean all = engine.settings().is(KlipsSettings.FLUSH, "all");
        int count = Endings.flush(all ? SaType.UNSPEC : saType, engine);
        return Outcome.of(Outcome.Event.FLUSHED, request, count);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        BaseHeader header = outcome.header(MessageType.FLUSH);
        audience.all(
                SadbMessage.of(
                        BaseHeader.of(
                                MessageType.FLUSH,
                                outcome.saType(),
                                header.sequence(),
                                header.pid())));
    }
}
