package org.keysock.kernel.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Spd;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * The key engine: open key sockets, requests, traffic and time go in; what happened is told to the
 * rules of every dialect that has open sockets, and their messages go out by the {@link Mailbox}.
 * It holds the operations on the database that all dialects share and knows no dialect itself.
 *
 * <p>Owned by one thread. Time is an argument; it must not run backwards.
 */
public final class KeyEngine {

    private final KernelSettings settings;
    private final Map<DialectName, DialectRules> rules;
    private final Sadb sadb;
    private final Spd spd;
    private final Mailbox mailbox;
    private final Acquires acquires = new Acquires();
    private final KeySockets sockets = new KeySockets();
    private final List<SecurityAssociation> departed = new ArrayList<>();
    private Now now = new Now(0, 0);

    /** An engine without sockets. */
    public KeyEngine(
            KernelSettings settings,
            Map<DialectName, DialectRules> rules,
            Sadb sadb,
            Spd spd,
            Mailbox mailbox) {
        this.settings = settings;
        this.rules = new EnumMap<>(rules);
        this.sadb = sadb;
        this.spd = spd;
        this.mailbox = mailbox;
        this.rules.values().forEach(each -> each.begin(this));
    }

    // Sockets.

    /**
     * A new key socket.
     *
     * @throws IllegalArgumentException if there are no rules for that dialect
     */
    public KeySocket open(DialectName dialect) {
        if (!rules.containsKey(dialect)) {
            throw new IllegalArgumentException("no rules for dialect " + dialect.text());
        }
        return sockets.open(dialect);
    }

    /** The socket is gone, and with it its registrations. Harmless when repeated. */
    public void close(KeySocket socket) {
        sockets.close(socket);
    }

    /** All open sockets, oldest first. */
    public List<KeySocket> sockets() {
        return sockets.all();
    }

    /** The open sockets of a dialect, oldest first: a view. */
    public List<KeySocket> sockets(DialectName dialect) {
        return sockets.of(dialect);
    }

    /** The open sockets of a dialect that are promiscuous: a view, mostly empty. */
    public List<KeySocket> promiscuous(DialectName dialect) {
        return sockets.promiscuous(dialect);
    }

    // What goes in.

    /** A socket wrote a record. It is handled to the end before this returns. */
    public void handle(KeySocket asker, Reading reading, Now moment) {
        now = moment;
        if (reading instanceof Reading.Broken broken
                && (broken.fault().silent() || broken.fault().refusedBySend())) {
            mailbox.refused(asker, broken.header(), broken.fault().errno(), broken.reason());
            if (broken.fault().refusedBySend()) {
                mailbox.failSend(asker, broken.fault().errno());
            }
            return;
        }
        DialectRules its = rulesOf(asker.dialect());
        its.arrived(asker, reading, this);
        Request request = Request.of(asker, reading, moment);
        try {
            if (reading instanceof Reading.Broken broken) {
                throw new Refusal(
                        broken.fault().errno(), broken.fault().diagnostic(), broken.reason());
            }
            tell(its.carryOut(request, this));
        } catch (Refusal refusal) {
            mailbox.refused(asker, request.header(), refusal.errno(), refusal.reason());
            tell(Outcome.refused(request, refusal));
        }
        forgetDeparted();
    }

    /** When {@link #expire} must next be called, monotonic milliseconds; Long.MAX_VALUE: never. */
    public long nextDeadline() {
        return Math.min(Math.min(sadb.nextDue(), spd.nextDue()), acquires.nextExpiry());
    }

    /** Lets time do what is due. */
    public void expire(Now moment) {
        now = moment;
        sadb.due(
                moment.millis(),
                sa -> {
                    if (sadb.holds(sa)) { // the expiry of a partner may have taken it along
                        rulesOf(sa.home()).due(sa, moment, this);
                        reschedule(sa);
                    }
                });
        spd.due(moment.millis(), spd::remove); // silently: rfc2367-linux-kame.md section 8.13
        acquires.expire(moment.millis(), ended -> tell(Outcome.unanswered(ended)));
        forgetDeparted();
    }

    /**
     * Packets need an SA that does not exist. Key managers are asked once for all packets of one
     * want.
     *
     * @return the ACQUIRE that the packets wait for, null when nobody is there to answer it, or a
     *     key manager has given up
     */
    public @Nullable Acquire needSa(Flow flow, Demand demand, Now moment) {
        now = moment;
        acquires.expire(moment.millis(), ended -> tell(Outcome.unanswered(ended)));
        Acquire wanted = Acquire.of(0, flow, demand, moment);
        Acquire waiting = acquires.same(wanted);
        if (waiting != null) {
            return acquires.progress(waiting) == Acquire.Progress.GIVEN_UP ? null : waiting;
        }
        long patience = 0;
        for (DialectName dialect : sockets.dialects()) {
            DialectRules its = rulesOf(dialect);
            patience = Math.max(patience, its.patience(wanted, sockets(dialect), this));
        }
        if (patience == 0) {
            return null;
        }
        Acquire acquire =
                Acquire.of(acquires.nextNumber(), flow, demand, moment)
                        .expiring(moment.millis() + patience);
        acquires.add(acquire);
        tell(Outcome.wanted(acquire));
        Eroutes.sprung(acquire, this);
        return acquire;
    }

    /** How many packets that want one SA are kept, by the rules of who made their policy. */
    public int heldPackets(DialectName home) {
        return rulesOf(home).heldPackets(this);
    }

    /**
     * Packets want to use an SA.
     *
     * @return whether they may pass; false when a limit forbids it or the SA is not usable
     */
    public boolean used(SecurityAssociation sa, long bytes, long packets, Now moment) {
        now = moment;
        if (sa.state() == SaState.LARVAL || sa.state() == SaState.DEAD) {
            return false;
        }
        boolean pass = rulesOf(sa.home()).used(sa, bytes, packets, moment, this);
        reschedule(sa);
        forgetDeparted();
        return pass;
    }

    /**
     * A packet of an SA in UDP has arrived and been found genuine. Key managers are told when it
     * comes from elsewhere than the SA knows; the SA itself is left to them.
     *
     * @param from address and port of the packet
     * @return whether that is news
     */
    public boolean arrivedFrom(SecurityAssociation sa, Sockaddr from, Now moment) {
        now = moment;
        boolean news =
                sa.details().encapsulation() != 0
                        && (from.port() != sa.details().natSourcePort()
                                || !sa.source().equals(from.address()));
        if (news) {
            tell(Outcome.newMapping(sa, from));
        }
        return news;
    }

    /** Tells that the algorithms on offer for an SA type have changed. */
    public void algorithmsChanged(SaType saType) {
        tell(Outcome.algorithmsChanged(saType));
    }

    // Operations for the rules.

    /**
     * Puts an SA into the database and under the limits of its home.
     *
     * @return false when protocol, destination and SPI are taken; nothing is changed then
     */
    public boolean insert(SecurityAssociation sa) {
        if (!sadb.insert(sa)) {
            return false;
        }
        reschedule(sa);
        return true;
    }

    /** Changes the limits of an SA. */
    public void limit(
            SecurityAssociation sa,
            @Nullable Lifetime hard,
            @Nullable Lifetime soft,
            @Nullable Lifetime idle) {
        sa.limits(hard, soft, idle);
        reschedule(sa);
    }

    /** Moves an SA to another state. */
    public void state(SecurityAssociation sa, SaState state) {
        sa.state(state);
        reschedule(sa);
    }

    /**
     * Takes an SA out of the database and out of its pair, and the rest of its group with it. Its
     * keys stay readable until the request or moment at hand has been handled to the end.
     */
    public void remove(SecurityAssociation sa) {
        if (sadb.holds(sa)) {
            Endings.restOfGroup(sa, this);
            sadb.remove(sa);
            departed.add(sa);
        }
    }

    /** What packets wait for. */
    public Acquires acquires() {
        return acquires;
    }

    /**
     * Begins a dump to a socket, which is {@link KeySocket#dumping} until it ends.
     *
     * @param next the next message, null at the end
     * @param closed runs at the end, or when the socket goes away
     */
    public void dump(KeySocket to, Supplier<@Nullable SadbMessage> next, Runnable closed) {
        to.dumping(true);
        mailbox.stream(
                to,
                next,
                () -> {
                    to.dumping(false);
                    closed.run();
                });
    }

    /**
     * Tells at once what happened to every dialect that has open sockets: first the asker's, then
     * the others. For what happens besides the outcome that a verb returns.
     */
    public void tell(Outcome outcome) {
        if (outcome.event() == Outcome.Event.NOTHING) {
            return;
        }
        DialectName first = outcome.askedIn();
        if (first != null) {
            tell(outcome, first);
        }
        for (DialectName dialect : sockets.dialects()) {
            if (dialect != first) {
                tell(outcome, dialect);
            }
        }
    }

    private void tell(Outcome outcome, DialectName dialect) {
        List<KeySocket> listening = sockets(dialect);
        if (!listening.isEmpty()) {
            rulesOf(dialect).hear(outcome, listening, this);
        }
    }

    // Parts.

    /** The SAs. */
    public Sadb sadb() {
        return sadb;
    }

    /** The policies. */
    public Spd spd() {
        return spd;
    }

    /** What the kernel was told at start. */
    public KernelSettings settings() {
        return settings;
    }

    /** The moment of the request, traffic or deadline at hand. */
    public Now now() {
        return now;
    }

    /** Where messages go. */
    public Mailbox mailbox() {
        return mailbox;
    }

    private DialectRules rulesOf(DialectName dialect) {
        DialectRules found = rules.get(dialect);
        if (found == null) {
            throw new IllegalStateException("no rules for dialect " + dialect.text());
        }
        return found;
    }

    /** Whether an SA, now dead, stays visible until it is due. */
    boolean lingers(SecurityAssociation sa) {
        return rulesOf(sa.home()).deadLinger();
    }

    private void reschedule(SecurityAssociation sa) {
        if (!sadb.holds(sa)) {
            return;
        }
        long deadline = rulesOf(sa.home()).deadline(sa, this);
        if (deadline == Long.MAX_VALUE) {
            sadb.unschedule(sa);
        } else {
            sadb.schedule(sa, deadline);
        }
    }

    private void forgetDeparted() {
        for (SecurityAssociation sa : departed) {
            sadb.forget(sa);
        }
        departed.clear();
    }
}
