package org.keysock.kernel.engine.rfc2367;

import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** FLUSH, RFC 2367 section 3.1.9. All hear of it when it is done. */
final class Flush implements RfcVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.BASE.check(request.message());
        SaType saType = request.header().saType();
        Layout.requireServedOrAll(saType);
        return Outcome.of(Outcome.Event.FLUSHED, request, Endings.flush(saType, engine));
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        BaseHeader request = outcome.header(MessageType.FLUSH);
        SaType saType = outcome.saType();
        if (saType == SaType.UNSPEC || Layout.served(saType)) {
            audience.all(
                    SadbMessage.of(
                            BaseHeader.of(
                                    MessageType.FLUSH, saType, request.sequence(), request.pid())));
        }
    }
}
