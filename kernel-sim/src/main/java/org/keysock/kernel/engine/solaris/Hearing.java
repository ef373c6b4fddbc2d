package org.keysock.kernel.engine.solaris;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Outcome.Event;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ExtendedRegister;

/**
 * Who hears what on Solaris sockets: the table of solaris.md section 3.3. What Solaris requests did
 * is echoed; what requests of other dialects did is described.
 */
final class Hearing {

    /** Types whose errors, too, go to all sockets. */
    private static final Set<MessageType> TOLD_TO_ALL =
            Set.of(
                    MessageType.GETSPI,
                    MessageType.UPDATE,
                    MessageType.X_UPDATEPAIR,
                    MessageType.ADD,
                    MessageType.DELETE,
                    MessageType.X_DELPAIR,
                    MessageType.FLUSH,
                    MessageType.EXPIRE);

    private static final Map<Event, Part> PARTS = new EnumMap<>(Event.class);

    static {
        PARTS.put(Event.REFUSED, Hearing::refused);
        PARTS.put(Event.LARVAL, Hearing::larval);
        PARTS.put(Event.ADDED, Hearing::added);
        PARTS.put(Event.UPDATED, Hearing::added);
        PARTS.put(Event.DELETED, Hearing::deleted);
        PARTS.put(Event.DELETED_WITH_GROUP, Hearing::deletedWithGroup);
        PARTS.put(Event.PURGED, Hearing::echoed);
        PARTS.put(Event.FLUSHED, Hearing::flushed);
        PARTS.put(Event.GOT, Hearing::got);
        PARTS.put(Event.REGISTERED, Hearing::registered);
        PARTS.put(Event.ACQUIRE, Hearing::acquire);
        PARTS.put(Event.ACQUIRE_FORWARDED, Hearing::forwarded);
        PARTS.put(Event.EXPIRED, Hearing::expired);
        PARTS.put(Event.PROMISCUOUS, Hearing::promiscuous);
    }

    /** How one kind of outcome is heard. */
    private interface Part {
        void tell(Hearing hearing);
    }

    private final Outcome outcome;
    private final List<KeySocket> sockets;
    private final KeyEngine engine;

    private Hearing(Outcome outcome, List<KeySocket> sockets, KeyEngine engine) {
        this.outcome = outcome;
        this.sockets = sockets;
        this.engine = engine;
    }

    /** Posts what the sockets hear of the outcome. */
    static void of(Outcome outcome, List<KeySocket> sockets, KeyEngine engine) {
        Part part = PARTS.get(outcome.event());
        if (part != null && concerns(outcome)) {
            part.tell(new Hearing(outcome, sockets, engine));
        }
    }

    /** Solaris' own requests do in any case; others when they are about AH, ESP or all. */
    private static boolean concerns(Outcome outcome) {
        return outcome.askedIn() == DialectName.SOLARIS
                || outcome.saType() == SaType.UNSPEC
                || Checks.served(outcome.saType());
    }

    private boolean askedHere() {
        return outcome.askedIn() == DialectName.SOLARIS;
    }

    private void refused() {
        Request request = outcome.theRequest();
        BaseHeader header = request.header().refused(outcome.errno(), outcome.diagnostic());
        boolean toAll = TOLD_TO_ALL.contains(header.type());
        if (toAll) {
            post(SadbMessage.of(header), socket -> true);
        } else if (askedHere()) {
            answer(SadbMessage.of(header));
        }
    }

    private void larval() {
        Request request = outcome.theRequest();
        SecurityAssociation sa = outcome.theSa();
        post(
                askedHere()
                        ? Echo.withSpi(request, sa)
                        : SadbMessage.of(
                                request.header().answered().withSaType(sa.protocol()),
                                Address.of(ExtensionType.ADDRESS_SRC, sa.source()),
                                Address.of(ExtensionType.ADDRESS_DST, sa.destination()),
                                Sa.of(sa.spi())),
                socket -> true);
    }

    /** ADD and UPDATE; the partner that X_UPDATEPAIR changes has no message of its own. */
    private void added() {
        Request request = outcome.request();
        SecurityAssociation sa = outcome.theSa();
        if (request != null) {
            post(
                    askedHere()
                            ? Echo.withFlags(request, sa)
                            : DescribedSa.withoutKeys(request.header(), sa),
                    socket -> true);
        }
    }

    /** DELETE is described as dead; what goes along with it or in a purge has no message. */
    private void deleted() {
        Request request = outcome.request();
        if (request != null) {
            post(DescribedSa.withoutKeys(request.header(), outcome.theSa()), socket -> true);
        }
    }

    private void deletedWithGroup() {
        post(
                DescribedSa.withoutKeys(outcome.header(MessageType.DELETE), outcome.theSa()),
                socket -> true);
    }

    private void echoed() {
        if (askedHere()) {
            post(Echo.plain(outcome.theRequest()), socket -> true);
        }
    }

    private void flushed() {
        post(SadbMessage.of(outcome.header(MessageType.FLUSH).answered()), socket -> true);
    }

    private void got() {
        if (askedHere() || !engine.promiscuous(DialectName.SOLARIS).isEmpty()) {
            answer(DescribedSa.withKeys(outcome.theRequest().header(), outcome.theSa()));
        }
    }

    private void registered() {
        Request request = outcome.request();
        if (request == null) {
            BaseHeader header = BaseHeader.of(MessageType.REGISTER, outcome.saType(), 0, 0);
            post(
                    Register.answer(header, outcome.saType()),
                    socket ->
                            socket.registered().contains(outcome.saType())
                                    || Register.isExtended(socket));
            return;
        }
        ExtendedRegister list =
                request.message().find(ExtensionType.X_EREG, ExtendedRegister.class);
        if (Checks.served(outcome.saType())) {
            post(
                    Register.answer(request.header(), outcome.saType()),
                    socket -> socket.registered().contains(outcome.saType()));
        } else if (list != null) {
            for (SaType saType : Register.served(list)) {
                post(Register.answer(request.header(), saType), Register::isExtended);
            }
        }
    }

    private void acquire() {
        Acquire acquire = outcome.acquire();
        if (acquire == null) {
            return;
        }
        if (sockets.stream().anyMatch(Register::isExtended)) {
            post(Proposals.extended(acquire, engine.settings()), Register::isExtended);
        }
        post(
                Proposals.normal(acquire, engine.settings()),
                socket -> socket.registered().contains(acquire.saType()));
    }

    private void forwarded() {
        if (askedHere()) {
            SadbMessage message = Echo.plain(outcome.theRequest());
            SaType saType = outcome.saType();
            for (KeySocket socket : sockets) {
                if (socket.promiscuous() || socket.registered().contains(saType)) {
                    engine.mailbox().broadcast(socket, message);
                }
            }
        }
    }

    /** A larval SA goes without a word; one of another home may have died before it is told. */
    private void expired() {
        SecurityAssociation sa = outcome.theSa();
        ExtensionType limit = outcome.lifetime();
        if (limit != null && !sa.secrets().equals(SaSecrets.NONE)) {
            post(DescribedSa.expired(sa, limit), socket -> true);
        }
    }

    private void promiscuous() {
        if (askedHere()) {
            answer(Echo.plain(outcome.theRequest()));
        }
    }

    /** Posts a message to the asker, if it is one of ours, and to promiscuous sockets. */
    private void answer(SadbMessage message) {
        KeySocket asker = outcome.theRequest().asker();
        if (askedHere()) {
            engine.mailbox().reply(asker, message);
        }
        for (KeySocket socket : engine.promiscuous(DialectName.SOLARIS)) {
            if (socket != asker) {
                engine.mailbox().broadcast(socket, message);
            }
        }
    }

    /**
     * Posts a message to the asker, if it is one of ours, to those that hear it by rule, and to
     * promiscuous sockets: to each once.
     */
    private void post(SadbMessage message, Predicate<KeySocket> hears) {
        for (KeySocket socket : sockets) {
            if (outcome.askedBy(socket)) {
                engine.mailbox().reply(socket, message);
            } else if (socket.promiscuous() || hears.test(socket)) {
                engine.mailbox().broadcast(socket, message);
            }
        }
    }
}
