package org.keysock.kernel.engine.klips;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;

/** ADD: klips.md section 3.3. All hear of it, without keys. */
final class Add implements KlipsVerb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        IpAddress destination = Checks.address(request.message(), ExtensionType.ADDRESS_DST);
        SecurityAssociation there =
                Checks.find(
                        request.header().saType(),
                        Checks.sa(request.message()),
                        destination,
                        engine);
        if (there != null) {
            throw new Refusal(Errno.EEXIST, Reasons.taken(there));
        }
        SecurityAssociation sa = Submission.of(request, null, engine);
        insert(sa, engine);
        return Outcome.of(Outcome.Event.ADDED, request, sa);
    }

    /**
     * Puts an SA whose name is free into the database.
     *
     * @throws Refusal ENOSPC when there is no reference left for it
     */
    static void insert(SecurityAssociation sa, KeyEngine engine) throws Refusal {
        if (!engine.insert(sa)) {
            throw new IllegalStateException("not free: " + sa);
        }
        if (sa.reference() == SecurityAssociation.NO_REFERENCE) {
            engine.remove(sa);
            throw new Refusal(Errno.ENOSPC, "SA: every SA reference is in use");
        }
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        audience.all(
                Description.of(MessageType.ADD, outcome, audience.engine())
                        .association(SaState.MATURE)
                        .limits()
                        .ends()
                        .names()
                        .message());
    }
}
