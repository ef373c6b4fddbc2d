package org.keysock.kernel.engine.solaris;

import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.SaType;

/**
 * SADB_ACQUIRE from a key manager: with an errno it gives up, without one it is passed on. From
 * solaris.md section 3.14.
 */
final class AcquireAnswer implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SaType saType = request.header().saType();
        boolean givesUp = request.header().errno() != Errno.OK;
        if (saType == SaType.UNSPEC) {
            if (!givesUp || !Register.isExtended(request.asker())) {
                throw Checks.invalidHeader(Diagnostic.SATYPE_NEEDED, saType);
            }
            if (request.asker().extended().size() == 1) {
                throw new Refusal(
                        Errno.EBUSY,
                        "base header: this socket's extended REGISTER listed no SA type");
            }
        } else {
            Checks.requireServed(saType);
        }
        if (!givesUp) {
            return Outcome.of(Outcome.Event.ACQUIRE_FORWARDED, request, 0);
        }
        if (request.message().size() == 0) {
            Acquire acquire = engine.acquires().find(Proposals.number(request.header().sequence()));
            if (acquire != null) {
                engine.acquires().remove(acquire);
            }
        }
        return Outcome.NOTHING;
    }
}
