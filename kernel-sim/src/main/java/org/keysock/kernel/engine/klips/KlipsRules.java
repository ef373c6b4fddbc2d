package org.keysock.kernel.engine.klips;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.engine.VerbTable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** KLIPS as klips.md sections 2 and 3 have it. One instance serves one engine. */
public final class KlipsRules implements DialectRules {

    private final VerbTable<Audience> table = new VerbTable<>();
    private final Map<MessageType, VerbTable.Announcer<Audience>> own = new HashMap<>();
    private final Scratch scratch = new Scratch();
    private final Debugging debugging = new Debugging();
    private final Plumbing plumbing = new Plumbing();

    /** The rules, all verbs included. */
    public KlipsRules() {
        Delete deletion = new Delete();
        table.verb(MessageType.GETSPI, new GetSpi(), Outcome.Event.LARVAL);
        table.verb(MessageType.ADD, new Add(), Outcome.Event.ADDED);
        table.verb(MessageType.UPDATE, new Update(), Outcome.Event.UPDATED);
        table.verb(MessageType.DELETE, deletion, Outcome.Event.DELETED);
        table.verb(MessageType.GET, new Get(), Outcome.Event.GOT);
        table.verb(MessageType.FLUSH, new Flush(), Outcome.Event.FLUSHED);
        table.verb(MessageType.REGISTER, new Register(), Outcome.Event.REGISTERED);
        table.verb(MessageType.X_NAT_T_NEW_MAPPING, new NewMapping(), Outcome.Event.NEW_MAPPING);
        table.verb(
                MessageType.DUMP,
                (request, engine) -> {
                    throw new Refusal(Errno.ENOSYS, Reasons.noVerb(request.header().type()));
                });
        Acquiring acquiring = new Acquiring();
        table.announcer(Outcome.Event.ACQUIRE, acquiring);
        own(MessageType.ACQUIRE, acquiring);
        Expire expire = new Expire();
        table.announcer(Outcome.Event.EXPIRED, expire);
        own(MessageType.EXPIRE, expire);
        AddFlow addFlow = new AddFlow(scratch);
        table.announcer(Outcome.Event.POLICY_ADDED, addFlow);
        table.announcer(Outcome.Event.POLICY_UPDATED, addFlow);
        own(MessageType.X_ADDFLOW, addFlow);
        DelFlow delFlow = new DelFlow(scratch);
        table.announcer(Outcome.Event.POLICY_DELETED, delFlow);
        own(MessageType.X_DELFLOW, delFlow);
        own(MessageType.X_GRPSA, new Grouping(scratch));
        own(MessageType.X_DEBUG, debugging);
        own(MessageType.X_PLUMBIF, plumbing);
        own(MessageType.X_UNPLUMBIF, plumbing);
        table.announcer(Outcome.Event.CARRIED_OUT, this::answer);
        table.announcer(Outcome.Event.REFUSED, KlipsRules::refuse);
    }

    /** A verb that answers what it carried out, unless other dialects hear of it too. */
    private void own(MessageType type, KlipsVerb verb) {
        table.verb(type, verb);
        own.put(type, verb);
    }

    /** The form of the dialect that is spoken, as {@code klips.form} says. */
    public static KlipsForm form(KernelSettings settings) {
        return KlipsSettings.form(settings);
    }

    /** The masks that X_DEBUG has set. */
    public KlipsExtension.Debug debugMasks() {
        return debugging.masks();
    }

    /** The numbers of the interfaces that X_PLUMBIF has made. */
    public Set<Integer> interfaces() {
        return plumbing.plumbed();
    }

    @Override
    public List<Setting> settings() {
        return KlipsSettings.all();
    }

    /** Newer kernels count references from 1, for 0 is none to them: section 1.7. */
    @Override
    public void begin(KeyEngine engine) {
        KlipsForm form = form(engine.settings());
        engine.sadb().references(form.modern() ? 1 : 0, form.references());
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        scratch.draw(request, engine);
        Checks.processable(request.message());
        return table.carryOut(request, engine);
    }

    @Override
    public void hear(Outcome outcome, List<KeySocket> sockets, KeyEngine engine) {
        if (sayable(outcome)) {
            table.announce(outcome, new Audience(sockets, outcome, engine));
        }
    }

    private void answer(Outcome outcome, Audience audience) {
        VerbTable.Announcer<Audience> verb =
                audience.askedHere() ? own.get(outcome.theRequest().header().type()) : null;
        if (verb != null) {
            verb.announce(outcome, audience);
        }
    }

    /** All hear what was refused here, and the {@code send} fails: section 2.2. */
    private static void refuse(Outcome outcome, Audience audience) {
        if (audience.askedHere()) {
            Request request = outcome.theRequest();
            audience.all(
                    SadbMessage.of(request.header().refused(outcome.errno(), Diagnostic.NONE)));
            audience.engine().mailbox().failSend(request.asker(), outcome.errno());
        }
    }

    /** SAs that are no protocol of KLIPS are not heard of, nor what it cannot name. */
    private static boolean sayable(Outcome outcome) {
        @Nullable SecurityAssociation sa = outcome.sa();
        return sa == null ? outcome.saType() != SaType.X_TCPSIG : Checks.isProtocol(sa.protocol());
    }

    @Override
    public long deadline(SecurityAssociation sa, KeyEngine engine) {
        return Lifetimes.deadline(sa);
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
                wanted.saType() == SaType.ESP
                        && sockets.stream()
                                .anyMatch(socket -> socket.registered().contains(SaType.ESP));
        return heard ? Acquiring.PATIENCE_MILLIS : 0;
    }

    /** The first packet and the latest: section 3.16. */
    @Override
    public int heldPackets(KeyEngine engine) {
        return 2;
    }
}
