package org.keysock.kernel.engine.rfc2367;

import static org.keysock.kernel.engine.rfc2367.Layout.require;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * EXPIRE, RFC 2367 section 3.1.8. All hear when a limit is reached. A security protocol in user
 * space may say it of its own SAs, which the kernel does not know: that is passed on as it is, to
 * this dialect's sockets, since no other dialect has such a thing.
 */
final class Expire implements RfcVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Layout.EXPIRE.check(message);
        Layout.requireServed(request.header().saType());
        boolean hard = message.has(ExtensionType.LIFETIME_HARD);
        boolean soft = message.has(ExtensionType.LIFETIME_SOFT);
        require(!hard || !soft, "LIFETIME_SOFT: beside LIFETIME_HARD, one of the two is reached");
        require(hard || soft, "LIFETIME_HARD or LIFETIME_SOFT: missing, one of the two is reached");
        Ends.of(message);
        SadbMessage passedOn = message.withHeader(request.header().answered());
        Audience.copy(passedOn, engine);
        for (KeySocket socket : Audience.open(engine)) {
            if (socket == request.asker()) {
                engine.mailbox().reply(socket, passedOn);
            } else {
                engine.mailbox().broadcast(socket, passedOn);
            }
        }
        return Outcome.NOTHING;
    }

    /** A larval SA ends without a word: it had no limit. */
    @Override
    public void announce(Outcome outcome, Audience audience) {
        SecurityAssociation sa = outcome.theSa();
        @Nullable ExtensionType limit = outcome.lifetime();
        boolean larval = sa.secrets().equals(SaSecrets.NONE); // dead by the time it is told
        boolean said = limit == ExtensionType.LIFETIME_HARD || limit == ExtensionType.LIFETIME_SOFT;
        if (limit != null && said && !larval) {
            audience.all(
                    Description.of(BaseHeader.of(MessageType.EXPIRE, sa.protocol(), 0, 0), sa)
                            .association()
                            .limit(limit)
                            .current()
                            .ends()
                            .message());
        }
    }
}
