package org.keysock.kernel.engine.solaris;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.pfkey.model.SaType;

/** SADB_X_PROMISC: the SA type is the switch, 0 for off (solaris.md section 3.19). */
final class Promisc implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) {
        request.asker().promiscuous(request.header().saType() != SaType.UNSPEC);
        return Outcome.of(Outcome.Event.PROMISCUOUS, request, 0);
    }
}
