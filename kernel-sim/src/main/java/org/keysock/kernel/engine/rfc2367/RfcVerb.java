package org.keysock.kernel.engine.rfc2367;

import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Verb;

/** A verb and its announcement. */
interface RfcVerb extends Verb {

    /** Composes and posts what the sockets of this dialect hear of an outcome of this verb. */
    void announce(Outcome outcome, Audience audience);
}
