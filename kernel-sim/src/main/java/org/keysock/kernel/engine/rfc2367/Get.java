package org.keysock.kernel.engine.rfc2367;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SadbMessage;

/** GET, RFC 2367 section 3.1.5. The asker alone hears the answer, with keys. */
final class Get implements RfcVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.NAMED_SA.check(request.message());
        return Outcome.of(Outcome.Event.GOT, request, Ends.namedSa(request, engine));
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        BaseHeader request = outcome.theRequest().header();
        SecurityAssociation sa = outcome.theSa();
        audience.asker(
                whole(
                        BaseHeader.of(
                                MessageType.GET, sa.protocol(), request.sequence(), request.pid()),
                        sa));
    }

    /** All there is to say of an SA. */
    static SadbMessage whole(BaseHeader header, SecurityAssociation sa) {
        return Description.of(header, sa)
                .association()
                .limits()
                .current()
                .ends()
                .proxy()
                .keys()
                .names()
                .message();
    }
}
