package org.keysock.kernel.engine.rfc2367;

import java.util.List;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
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

    KeyEngine engine() {
        return engine;
    }

    /** To every key socket. */
    void all(SadbMessage message) {
        copy(message);
        for (KeySocket socket : sockets) {
            post(socket, message);
        }
    }

    /** To the socket that asked, if it is one of these. */
    void asker(SadbMessage message) {
        for (KeySocket socket : sockets) {
            if (outcome.askedBy(socket)) {
                copy(message);
                post(socket, message);
            }
        }
    }

    /** To the sockets registered for that SA type. */
    void registered(SaType saType, SadbMessage message) {
        copy(message);
        for (KeySocket socket : sockets) {
            if (socket.registered().contains(saType)) {
                post(socket, message);
            }
        }
    }

    private void copy(SadbMessage message) {
        copy(sockets, message, engine);
    }

    private void post(KeySocket socket, SadbMessage message) {
        if (outcome.askedBy(socket)) {
            engine.mailbox().reply(socket, message);
        } else {
            engine.mailbox().broadcast(socket, message);
        }
    }

    /** Shows a message that some other sent to the promiscuous sockets among these. */
    static void copy(List<KeySocket> sockets, SadbMessage message, KeyEngine engine) {
        SadbMessage enclosed = null;
        for (KeySocket socket : sockets) {
            if (socket.promiscuous()) {
                enclosed = enclosed == null ? enclosed(message) : enclosed;
                engine.mailbox().broadcast(socket, enclosed);
            }
        }
    }

    /** The open sockets of this dialect, oldest first. */
    static List<KeySocket> open(KeyEngine engine) {
        return engine.sockets().stream()
                .filter(socket -> socket.dialect() == DialectName.RFC2367)
                .toList();
    }

    private static SadbMessage enclosed(SadbMessage message) {
        return SadbMessage.of(
                BaseHeader.of(MessageType.X_PROMISC, SaType.UNSPEC, 0, 0), new Enclosed(message));
    }
}
