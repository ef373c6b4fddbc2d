package org.keysock.kernel.engine;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;

/**
 * The verbs of a dialect by message type, and who composes what is heard of which event.
 *
 * @param <A> the dialect's audience: its open sockets
 */
public final class VerbTable<A> {

    /** Composes and posts what the sockets of one dialect hear of an outcome. */
    @FunctionalInterface
    public interface Announcer<A> {

        /** Tells the audience. */
        void announce(Outcome outcome, A audience);
    }

    private final Map<MessageType, Verb> verbs = new HashMap<>();
    private final Map<Outcome.Event, Announcer<A>> announcers = new EnumMap<>(Outcome.Event.class);

    /** A verb of which nobody hears, or that is told of elsewhere. */
    public void verb(MessageType type, Verb verb) {
        verbs.put(type, verb);
    }

    /** A verb that tells of an event itself. */
    public <V extends Verb & Announcer<A>> void verb(
            MessageType type, V verb, Outcome.Event event) {
        verb(type, verb);
        announcer(event, verb);
    }

    /** Who tells of an event. */
    public void announcer(Outcome.Event event, Announcer<A> announcer) {
        announcers.put(event, announcer);
    }

    /**
     * Carries out a request by the verb of its type.
     *
     * @throws Refusal as the verb does; EOPNOTSUPP when there is none
     */
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Verb verb = verbs.get(request.header().type());
        if (verb == null) {
            throw new Refusal(Errno.EOPNOTSUPP, Reasons.noVerb(request.header().type()));
        }
        return verb.carryOut(request, engine);
    }

    /** Tells of an event, if anybody is there to tell of it. */
    public void announce(Outcome outcome, A audience) {
        Announcer<A> announcer = announcers.get(outcome.event());
        if (announcer != null) {
            announcer.announce(outcome, audience);
        }
    }
}
