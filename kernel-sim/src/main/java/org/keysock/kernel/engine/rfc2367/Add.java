package org.keysock.kernel.engine.rfc2367;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;

/** ADD, RFC 2367 section 3.1.3. All hear of it, without keys. */
final class Add implements RfcVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Layout.ADD.check(request.message());
        Submission submission = Submission.of(request);
        SecurityAssociation sa = submission.grown(DialectName.RFC2367, engine);
        if (!engine.insert(sa)) {
            throw new Refusal(Errno.EEXIST, Reasons.taken(sa));
        }
        Acquiring.answer(request, sa, engine);
        return Outcome.of(Outcome.Event.ADDED, request, sa);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                Description.of(MessageType.ADD, outcome.header(MessageType.ADD), outcome.theSa())
                        .association()
                        .limits()
                        .ends()
                        .names()
                        .message());
    }
}
