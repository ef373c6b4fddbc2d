package org.keysock.tools.ipseckey;

/**
 * What became of a command.
 *
 * @param good whether it counts as a success
 * @param returned whether the original comes back from it to its prompt, rather than jumping out of
 *     it
 */
record Outcome(boolean good, boolean returned) {

    static final Outcome DONE = new Outcome(true, true);
    static final Outcome SENT = new Outcome(true, false);
    static final Outcome FAILED = new Outcome(false, false);

    /** Refused, and yet the original comes back to its prompt. */
    static final Outcome REFUSED = new Outcome(false, true);

    /** The first failure of two that one command has. */
    Outcome and(Outcome next) {
        return good ? next : this;
    }
}
