package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * EXPIRE: klips.md sections 3.9 and 3.11. All hear when a limit is reached, and what a user says of
 * it. The state shown is the one before the limit was reached.
 */
final class Expire implements KlipsVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) {
        return Outcome.of(Outcome.Event.CARRIED_OUT, request, 0);
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        if (outcome.sa() == null) {
            if (audience.askedHere()) {
                audience.all(SadbMessage.of(outcome.theRequest().header()));
            }
            return;
        }
        KeyEngine engine = audience.engine();
        ExtensionType limit = outcome.lifetime();
        boolean told = limit == ExtensionType.LIFETIME_HARD || limit == ExtensionType.LIFETIME_SOFT;
        if (limit != null && told && grown(outcome.theSa())) {
            int sequence = engine.acquires().nextNumber();
            audience.all(
                    Description.of(MessageType.EXPIRE, sequence, 0, outcome, engine)
                            .association(before(outcome.theSa(), limit, engine))
                            .current()
                            .limit(limit)
                            .ends()
                            .message());
        }
    }

    /** Larval SAs end without a word here. */
    private static boolean grown(SecurityAssociation sa) {
        return sa.protocol() == SaType.X_IPIP || !sa.secrets().equals(SaSecrets.NONE);
    }

    private static SaState before(SecurityAssociation sa, ExtensionType limit, KeyEngine engine) {
        return limit == ExtensionType.LIFETIME_HARD && Lifetimes.softReached(sa, engine.now())
                ? SaState.DYING
                : SaState.MATURE;
    }
}
