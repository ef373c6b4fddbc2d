package org.keysock.kernel.engine.linux;

import java.util.List;
import java.util.function.Predicate;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.SadbMessage;

/**
 * The open sockets of this dialect. Every message that any of them is sent goes to each promiscuous
 * one too, plain, and besides what it gets anyway: section 8.1.
 */
final class Audience {

    private final List<KeySocket> sockets;
    private final Outcome outcome;
    private final KeyEngine engine;

    Audience(List<KeySocket> sockets, Outcome outcome, KeyEngine engine) {
        this.sockets = sockets;
        this.outcome = outcome;
        this.engine = engine;
    }

    /** The engine that tells. */
    KeyEngine engine() {
        return engine;
    }

    /** To every key socket. */
    void all(SadbMessage message) {
        post(message, socket -> true);
    }

    /** To the sockets registered for anything, and to the asker, if there is one. */
    void registered(SadbMessage message) {
        post(message, socket -> !socket.registered().isEmpty() || outcome.askedBy(socket));
    }

    /** To the asker alone, if it speaks this dialect. */
    void asker(SadbMessage message) {
        Request request = outcome.request();
        if (request != null && request.asker().dialect() == DialectName.LINUX) {
            copy(message, engine);
            engine.mailbox().reply(request.asker(), message);
        }
    }

    private void post(SadbMessage message, Predicate<KeySocket> listens) {
        copy(message, engine);
        for (KeySocket socket : sockets) {
            if (outcome.askedBy(socket) && listens.test(socket)) {
                engine.mailbox().reply(socket, message);
            } else if (listens.test(socket)) {
                engine.mailbox().broadcast(socket, message);
            }
        }
    }

    /** A copy for each promiscuous socket. */
    static void copy(SadbMessage message, KeyEngine engine) {
        for (KeySocket socket : engine.promiscuous(DialectName.LINUX)) {
            engine.mailbox().broadcast(socket, message);
        }
    }
}
