package org.keysock.kernel.engine.rfc2367;

import java.util.List;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Request;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Enclosed;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * The open sockets of this dialect. Whatever the kernel sends to any of them, promiscuous ones get
 * an enclosed copy of besides (RFC 2367 section 3.1.11), once, before the message itself.
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

    /** To every key socket. */
    void all(SadbMessage message) {
        copy(message, engine);
        for (KeySocket socket : sockets) {
            post(socket, message);
        }
    }

    /** To the asker alone, if it speaks this dialect. */
    void asker(SadbMessage message) {
        Request request = outcome.request();
        if (request != null && request.asker().dialect() == DialectName.RFC2367) {
            copy(message, engine);
            engine.mailbox().reply(request.asker(), message);
        }
    }

    /** To the sockets registered for that SA type. */
    void registered(SaType saType, SadbMessage message) {
        copy(message, engine);
        for (KeySocket socket : sockets) {
            if (socket.registered().contains(saType)) {
                post(socket, message);
            }
        }
    }

    private void post(KeySocket socket, SadbMessage message) {
        if (outcome.askedBy(socket)) {
            engine.mailbox().reply(socket, message);
        } else {
            engine.mailbox().broadcast(socket, message);
        }
    }

    /** Shows a message that some other sent to the promiscuous sockets. */
    static void copy(SadbMessage message, KeyEngine engine) {
        List<KeySocket> curious = engine.promiscuous(DialectName.RFC2367);
        if (!curious.isEmpty()) {
            SadbMessage enclosed = enclosed(message);
            curious.forEach(socket -> engine.mailbox().broadcast(socket, enclosed));
        }
    }

    /** The open sockets of this dialect, oldest first. */
    static List<KeySocket> open(KeyEngine engine) {
        return engine.sockets(DialectName.RFC2367);
    }

    /** A message in the data form of X_PROMISC. */
    static SadbMessage enclosed(SadbMessage message) {
        return SadbMessage.of(
                BaseHeader.of(MessageType.X_PROMISC, SaType.UNSPEC, 0, 0), new Enclosed(message));
    }
}
