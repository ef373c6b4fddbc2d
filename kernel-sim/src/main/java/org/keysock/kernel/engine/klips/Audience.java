package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Listeners;
import org.keysock.kernel.engine.Outcome;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** The open sockets of this dialect, youngest first: klips.md section 2.1. */
final class Audience extends Listeners {

    private final Outcome outcome;

    Audience(List<KeySocket> sockets, Outcome outcome, KeyEngine engine) {
        super(
                DialectName.KLIPS,
                youngestFirst(sockets),
                outcome,
                engine,
                UnaryOperator.identity()); // nobody is promiscuous here
        this.outcome = outcome;
    }

    private static List<KeySocket> youngestFirst(List<KeySocket> sockets) {
        List<KeySocket> reversed = new ArrayList<>(sockets);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Whether a socket of this dialect asked for what happened. */
    boolean askedHere() {
        return outcome.askedIn() == DialectName.KLIPS;
    }

    /** To the sockets registered for that SA type. */
    void registered(SaType saType, SadbMessage message) {
        some(message, socket -> socket.registered().contains(saType));
    }
}
