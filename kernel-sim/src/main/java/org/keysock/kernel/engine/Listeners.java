package org.keysock.kernel.engine;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.SadbMessage;

/**
 * The open sockets of a dialect whose promiscuous ones get, besides what they hear anyway, a copy
 * of whatever the kernel sends to any: once, before the message itself.
 */
public class Listeners {

    private final DialectName dialect;
    private final List<KeySocket> sockets;
    private final Outcome outcome;
    private final KeyEngine engine;
    private final UnaryOperator<SadbMessage> copied;

    /**
     * Those that may hear of an outcome.
     *
     * @param copied how promiscuous sockets are shown a message
     */
    protected Listeners(
            DialectName dialect,
            List<KeySocket> sockets,
            Outcome outcome,
            KeyEngine engine,
            UnaryOperator<SadbMessage> copied) {
        this.dialect = dialect;
        this.sockets = sockets;
        this.outcome = outcome;
        this.engine = engine;
        this.copied = copied;
    }

    /** The engine that tells. */
    public final KeyEngine engine() {
        return engine;
    }

    /** To every key socket. */
    public final void all(SadbMessage message) {
        some(message, socket -> true);
    }

    /** To the asker alone, if it speaks this dialect. */
    public final void asker(SadbMessage message) {
        if (outcome.askedIn() == dialect) {
            copy(message, dialect, engine, copied);
            engine.mailbox().reply(outcome.theRequest().asker(), message);
        }
    }

    /** To those sockets. */
    protected final void some(SadbMessage message, Predicate<KeySocket> listens) {
        copy(message, dialect, engine, copied);
        for (KeySocket socket : sockets) {
            if (outcome.askedBy(socket) && listens.test(socket)) {
                engine.mailbox().reply(socket, message);
            } else if (listens.test(socket)) {
                engine.mailbox().broadcast(socket, message);
            }
        }
    }

    /** A copy for each promiscuous socket. */
    protected static void copy(
            SadbMessage message,
            DialectName dialect,
            KeyEngine engine,
            UnaryOperator<SadbMessage> copied) {
        List<KeySocket> curious = engine.promiscuous(dialect);
        if (!curious.isEmpty()) {
            SadbMessage copy = copied.apply(message);
            curious.forEach(socket -> engine.mailbox().broadcast(socket, copy));
        }
    }
}
