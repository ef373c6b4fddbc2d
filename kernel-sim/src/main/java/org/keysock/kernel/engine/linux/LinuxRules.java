package org.keysock.kernel.engine.linux;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.Endings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.engine.VerbTable;
import org.keysock.kernel.sadb.Limits;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Linux. One instance serves one engine. */
public final class LinuxRules implements DialectRules {

    static final Setting ACQUIRE_EXPIRES =
            Setting.number(
                    "linux.acq-expires",
                    "seconds that larval SAs live and packets wait (net.core.xfrm_acq_expires)",
                    30,
                    1,
                    86_400);

    static final Setting LARVAL_DROP =
            Setting.choice(
                    "linux.larval-drop",
                    "drop packets while their SA is missing (net.core.xfrm_larval_drop)",
                    "on",
                    "off");

    private final VerbTable<Audience> table = new VerbTable<>();

    /** The rules, all verbs included. */
    public LinuxRules() {
        table.verb(MessageType.GETSPI, new GetSpi(), Outcome.Event.LARVAL);
        table.verb(MessageType.UPDATE, new Update(), Outcome.Event.UPDATED);
        table.verb(MessageType.ADD, new Add(), Outcome.Event.ADDED);
        Delete deletion = new Delete();
        table.verb(MessageType.DELETE, deletion, Outcome.Event.DELETED);
        table.announcer(Outcome.Event.DELETED_WITH_GROUP, deletion);
        table.verb(MessageType.GET, new Get(), Outcome.Event.GOT);
        table.verb(MessageType.ACQUIRE, new Acquiring(), Outcome.Event.ACQUIRE);
        table.verb(MessageType.REGISTER, new Register(), Outcome.Event.REGISTERED);
        table.verb(MessageType.FLUSH, new Flush(), Outcome.Event.FLUSHED);
        table.verb(MessageType.X_PROMISC, new Promiscuity(), Outcome.Event.PROMISCUOUS);
        table.verb(MessageType.DUMP, new Dump());
        table.announcer(Outcome.Event.EXPIRED, Expire::announce);
        table.announcer(Outcome.Event.UNANSWERED, Waiting::expired);
        table.announcer(Outcome.Event.NEW_MAPPING, NewMapping::announce);
        table.announcer(Outcome.Event.REFUSED, LinuxRules::refuse);
        policies();
    }

    private void policies() {
        Reqids reqids = new Reqids();
        SpdPut add = SpdPut.add(reqids);
        SpdDelete delete = new SpdDelete();
        table.verb(MessageType.X_SPDADD, add, Outcome.Event.POLICY_ADDED);
        table.verb(MessageType.X_SPDSETIDX, add);
        table.verb(MessageType.X_SPDUPDATE, SpdPut.update(reqids), Outcome.Event.POLICY_UPDATED);
        table.verb(MessageType.X_SPDDELETE, delete, Outcome.Event.POLICY_DELETED);
        table.verb(MessageType.X_SPDDELETE2, delete);
        table.verb(MessageType.X_SPDGET, new SpdGet(), Outcome.Event.POLICY_GOT);
        table.verb(MessageType.X_SPDDUMP, new SpdDump());
        table.verb(MessageType.X_SPDFLUSH, new SpdFlush(), Outcome.Event.POLICIES_FLUSHED);
        table.verb(MessageType.X_MIGRATE, new Migrate(), Outcome.Event.MIGRATED);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                ACQUIRE_EXPIRES, LARVAL_DROP, Algorithms.AEAD, PolicyRequest.OPTIONAL_TUNNEL);
    }

    /** Promiscuous sockets see a request as it was written, before anybody looks into it. */
    @Override
    public void arrived(KeySocket asker, Reading reading, KeyEngine engine) {
        for (KeySocket socket : engine.promiscuous(DialectName.LINUX)) {
            engine.mailbox().broadcast(socket, reading.raw());
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

    /** What is about an SA type that this kernel does not have is not heard (decisions.md 10). */
    private static boolean sayable(Outcome outcome) {
        @Nullable SecurityAssociation sa = outcome.sa();
        @Nullable Acquire acquire = outcome.acquire();
        return (sa == null || Checks.isProtocol(sa.protocol()))
                && (acquire == null || Checks.isProtocol(acquire.saType()))
                && outcome.saType() != SaType.X_TCPSIG;
    }

    @Override
    public long deadline(SecurityAssociation sa, KeyEngine engine) {
        return Limits.nextMillis(sa);
    }

    @Override
    public void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        Endings.reached(sa, Limits.reachedByTime(sa, now.millis()), engine);
    }

    /** Limits are looked at before packets are counted: section 8.11. */
    @Override
    public boolean used(
            SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        return Endings.chargeBelowLimits(sa, bytes, packets, now, engine);
    }

    @Override
    public long patience(Acquire wanted, List<KeySocket> sockets, KeyEngine engine) {
        boolean heard = sockets.stream().anyMatch(socket -> !socket.registered().isEmpty());
        return heard ? engine.settings().number(ACQUIRE_EXPIRES) * 1000 : 0;
    }

    @Override
    public int heldPackets(KeyEngine engine) {
        return engine.settings().is(LARVAL_DROP, "off") ? 1 : 0;
    }
}
