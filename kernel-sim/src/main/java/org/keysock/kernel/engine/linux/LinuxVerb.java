package org.keysock.kernel.engine.linux;

import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Verb;

/** A verb and its announcement. */
interface LinuxVerb extends Verb {

    /** Composes and posts what the sockets of this dialect hear of an outcome of this verb. */
    void announce(Outcome outcome, Audience audience);
}
