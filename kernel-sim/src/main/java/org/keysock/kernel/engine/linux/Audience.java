package org.keysock.kernel.engine.linux;

import java.util.List;
import java.util.function.UnaryOperator;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Listeners;
import org.keysock.kernel.engine.Outcome;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.SadbMessage;

/** The open sockets of this dialect; copies for promiscuous ones are plain: section 8.1. */
final class Audience extends Listeners {

    private final Outcome outcome;

    Audience(List<KeySocket> sockets, Outcome outcome, KeyEngine engine) {
        super(DialectName.LINUX, sockets, outcome, engine, UnaryOperator.identity());
        this.outcome = outcome;
    }

    /** To the sockets registered for anything, and to the asker, if there is one. */
    void registered(SadbMessage message) {
        some(message, socket -> !socket.registered().isEmpty() || outcome.askedBy(socket));
    }

    /** Shows a message that some other sent to the promiscuous sockets. */
    static void copy(SadbMessage message, KeyEngine engine) {
        copy(message, DialectName.LINUX, engine, UnaryOperator.identity());
    }
}
