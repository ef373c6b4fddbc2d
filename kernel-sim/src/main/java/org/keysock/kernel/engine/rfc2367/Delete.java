package org.keysock.kernel.engine.rfc2367;

import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.MessageType;

/** DELETE, RFC 2367 section 3.1.4. All hear of it. */
final class Delete implements RfcVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.NAMED_SA.check(request.message());
        SecurityAssociation sa = Ends.namedSa(request, engine);
        Endings.deleted(sa, request, engine);
        return Outcome.NOTHING;
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                Description.of(
                                MessageType.DELETE,
                                outcome.header(MessageType.DELETE),
                                outcome.theSa())
                        .name()
                        .ends()
                        .message());
    }
}
