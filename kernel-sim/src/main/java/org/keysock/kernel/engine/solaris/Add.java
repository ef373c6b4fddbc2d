package org.keysock.kernel.engine.solaris;

import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;

/** SADB_ADD: solaris.md section 3.6. */
final class Add implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        return Outcome.of(Outcome.Event.ADDED, request, Admission.admit(request, engine, null));
    }
}
