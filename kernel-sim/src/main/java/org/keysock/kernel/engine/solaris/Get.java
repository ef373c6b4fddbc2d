package org.keysock.kernel.engine.solaris;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;

/** SADB_GET: solaris.md section 3.9. */
final class Get implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        return Outcome.of(Outcome.Event.GOT, request, Lookup.named(request.message(), engine));
    }
}
