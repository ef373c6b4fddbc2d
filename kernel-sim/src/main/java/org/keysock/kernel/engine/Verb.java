package org.keysock.kernel.engine;

/** What a dialect does when it is asked for one thing: its checks in order, then the operation. */
public interface Verb {

    /**
     * Judges the request and carries it out.
     *
     * @return what happened, for all who hear of it; {@link Outcome#NOTHING} when nobody does
     * @throws Refusal when the dialect's kernel says no; nothing has been changed then
     */
    Outcome carryOut(Request request, KeyEngine engine) throws Refusal;
}
