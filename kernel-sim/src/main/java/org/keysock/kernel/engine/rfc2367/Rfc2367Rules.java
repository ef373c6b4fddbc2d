package org.keysock.kernel.engine.rfc2367;

import java.util.List;
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
import org.keysock.kernel.engine.VerbTable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;

/** RFC 2367 as written (decisions.md 12). One instance serves one engine. */
public final class Rfc2367Rules implements DialectRules {

    private final Promiscuity promiscuity = new Promiscuity();
    private final VerbTable<Audience> table = new VerbTable<>();

    /** The rules, all verbs included. */
    public Rfc2367Rules() {
        GetSpi getSpi = new GetSpi();
        table.verb(MessageType.GETSPI, getSpi, Outcome.Event.LARVAL);
        table.verb(MessageType.UPDATE, new Update(getSpi), Outcome.Event.UPDATED);
        table.verb(MessageType.ADD, new Add(), Outcome.Event.ADDED);
        Delete deletion = new Delete();
        table.verb(MessageType.DELETE, deletion, Outcome.Event.DELETED);
        table.announcer(Outcome.Event.DELETED_WITH_GROUP, deletion);
        table.verb(MessageType.GET, new Get(), Outcome.Event.GOT);
        table.verb(MessageType.FLUSH, new Flush(), Outcome.Event.FLUSHED);
        table.verb(MessageType.REGISTER, new Register(), Outcome.Event.REGISTERED);
        table.verb(MessageType.EXPIRE, new Expire(), Outcome.Event.EXPIRED);
        table.verb(MessageType.X_PROMISC, promiscuity, Outcome.Event.PROMISCUOUS);
        Acquiring acquiring = new Acquiring();
        table.verb(MessageType.ACQUIRE, acquiring, Outcome.Event.ACQUIRE);
        table.announcer(Outcome.Event.ACQUIRE_FORWARDED, acquiring);
        table.verb(MessageType.DUMP, new Dump());
        table.announcer(Outcome.Event.REFUSED, Rfc2367Rules::refuse);
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
        return table.carryOut(request, engine);
    }

    @Override
    public void hear(Outcome outcome, List<KeySocket> sockets, KeyEngine engine) {
        if (sayable(outcome)) {
            table.announce(outcome, new Audience(sockets, outcome, engine));
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
