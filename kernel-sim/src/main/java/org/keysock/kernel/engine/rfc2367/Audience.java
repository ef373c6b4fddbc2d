package org.keysock.kernel.engine.rfc2367;

import java.util.List;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Listeners;
import org.keysock.kernel.engine.Outcome;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Enclosed;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** The open sockets of this dialect; copies for promiscuous ones are enclosed: section 3.1.11. */
final class Audience extends Listeners {

    Audience(List<KeySocket> sockets, Outcome outcome, KeyEngine engine) {
        super(DialectName.RFC2367, sockets, outcome, engine, Audience::enclosed);
    }

    /** To the sockets registered for that SA type. */
    void registered(SaType saType, SadbMessage message) {
        some(message, socket -> socket.registered().contains(saType));
    }

    /** Shows a message that some other sent to the promiscuous sockets. */
    static void copy(SadbMessage message, KeyEngine engine) {
        copy(message, DialectName.RFC2367, engine, Audience::enclosed);
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
