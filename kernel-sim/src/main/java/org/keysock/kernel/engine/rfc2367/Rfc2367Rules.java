package org.keysock.kernel.engine.rfc2367;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/** RFC 2367 as written (decisions.md 12). One instance serves one engine. */
public final class Rfc2367Rules implements DialectRules {

    private final Promiscuity promiscuity = new Promiscuity();
    private final Map<MessageType, Verb> verbs = new HashMap<>();
    private final Map<Outcome.Event, RfcVerb> announcers = new EnumMap<>(Outcome.Event.class);

    /** The rules, all verbs included. */
    public Rfc2367Rules() {
        GetSpi getSpi = new GetSpi();
        verb(MessageType.GETSPI, getSpi, Outcome.Event.LARVAL);
        verb(MessageType.UPDATE, new Update(getSpi), Outcome.Event.UPDATED);
        verb(MessageType.ADD, new Add(), Outcome.Event.ADDED);
        verb(MessageType.DELETE, new Delete(), Outcome.Event.DELETED);
        verb(MessageType.GET, new Get(), Outcome.Event.GOT);
        verb(MessageType.FLUSH, new Flush(), Outcome.Event.FLUSHED);
        verb(MessageType.REGISTER, new Register(), Outcome.Event.REGISTERED);
        verb(MessageType.EXPIRE, new Expire(), Outcome.Event.EXPIRED);
        verb(MessageType.X_PROMISC, promiscuity, Outcome.Event.PROMISCUOUS);
        Acquiring acquiring = new Acquiring();
        verb(MessageType.ACQUIRE, acquiring, Outcome.Event.ACQUIRE);
        announcers.put(Outcome.Event.ACQUIRE_FORWARDED, acquiring);
        verbs.put(MessageType.DUMP, new Dump());
    }

    private void verb(MessageType type, RfcVerb verb, Outcome.Event event) {
        verbs.put(type, verb);
        announcers.put(event, verb);
    }

    @Override
    public List<Setting> settings() {
        return List.of(Lifetimes.LARVAL_LIFE);
    }

    @Override
    public void arrived(KeySocket asker, Reading reading, KeyEngine engine) {
        if (reading instanceof Reading.Whole whole) {
            promiscuity.arrived(asker, whole.message(), engine);
        }
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Verb verb = verbs.get(request.header().type());
        if (verb == null) {
            throw new Refusal(Errno.EOPNOTSUPP);
        }
        return verb.carryOut(request, engine);
    }

    @Override
    public void hear(Outcome outcome, List<KeySocket> sockets, KeyEngine engine) {
        Audience audience = new Audience(sockets, outcome, engine);
        if (outcome.event() == Outcome.Event.REFUSED) {
            refuse(outcome, audience);
            return;
        }
        RfcVerb announcer = announcers.get(outcome.event());
        if (announcer != null && sayable(outcome)) {
            announcer.announce(outcome, audience);
        }
    }

    /** Errors go back as the base header alone, to the asker alone. */
    private static void refuse(Outcome outcome, Audience audience) {
        audience.asker(
                SadbMessage.of(
                        outcome.theRequest().header().refused(outcome.errno(), Diagnostic.NONE)));
    }

    /** What is about an SA type without number here is not heard (decisions.md 10). */
    private static boolean sayable(Outcome outcome) {
        @Nullable SecurityAssociation sa = outcome.sa();
        @Nullable Acquire acquire = outcome.acquire();
        return (sa == null || Layout.served(sa.protocol()))
                && (acquire == null || Layout.served(acquire.saType()));
    }

    @Override
    public long deadline(SecurityAssociation sa, KeyEngine engine) {
        return Lifetimes.deadline(sa, engine);
    }

    @Override
    public void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        Lifetimes.due(sa, now, engine);
    }

    @Override
    public boolean used(
            SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        return Lifetimes.used(sa, bytes, packets, now, engine);
    }

    @Override
    public long patience(Acquire wanted, List<KeySocket> sockets, KeyEngine engine) {
        boolean heard =
                sockets.stream().anyMatch(socket -> socket.registered().contains(wanted.saType()));
        return heard ? Acquiring.PATIENCE_MILLIS : 0;
    }
}
