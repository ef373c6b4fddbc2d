package org.keysock.kernel.engine.solaris;

import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.SaType;

/**
 * SADB_FLUSH: solaris.md section 3.11. A dump that is under way to the same socket refuses it; the
 * original refuses it for a dump to any socket, which lasts no time there.
 */
final class Flush implements Verb {

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Checks.requireNone(request.message(), null);
        SaType saType = request.header().saType();
        Checks.requireServedOrAll(saType);
        if (request.asker().dumping()) {
            throw new Refusal(Errno.ENOMEM, Reasons.dumping());
        }
        return Outcome.of(Outcome.Event.FLUSHED, request, Endings.flush(saType, engine));
    }
}
