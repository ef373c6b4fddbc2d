package org.keysock.kernel.engine.solaris;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;

/** The rules of Solaris and illumos. One instance serves one engine. */
public final class SolarisRules implements DialectRules {

    private static final long MILLIS = 1000;

    private final Ager ager = new Ager();
    private final Map<MessageType, Verb> verbs = new HashMap<>();

    /** Rules for an engine. */
    public SolarisRules() {
        Verb update = ofSa(new Update(ager));
        Verb delete = ofSa(new Delete());
        verbs.put(MessageType.ADD, ofSa(new Add()));
        verbs.put(MessageType.UPDATE, update);
        verbs.put(MessageType.X_UPDATEPAIR, update);
        verbs.put(MessageType.DELETE, delete);
        verbs.put(MessageType.X_DELPAIR, delete);
        verbs.put(MessageType.GET, ofSa(new Get()));
        verbs.put(MessageType.GETSPI, ofSa(new GetSpi()));
        verbs.put(MessageType.FLUSH, new Flush());
        verbs.put(MessageType.DUMP, new Dump());
        verbs.put(MessageType.REGISTER, new Register());
        verbs.put(MessageType.ACQUIRE, new AcquireAnswer());
        verbs.put(MessageType.X_INVERSE_ACQUIRE, new InverseAcquire());
        verbs.put(MessageType.X_PROMISC, new Promisc());
        // only the kernel speaks of expiry, and only cluster software of pairs by their state
        verbs.put(MessageType.EXPIRE, SolarisRules::unsupported);
        verbs.put(MessageType.X_DELPAIR_STATE, SolarisRules::unsupported);
    }

    @Override
    public List<Setting> settings() {
        return SolarisSettings.ALL;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Verb verb = verbs.get(request.header().type());
        if (verb == null) {
            throw Checks.invalidHeader(Diagnostic.UNKNOWN_MSG, request.header().type());
        }
        return verb.carryOut(request, engine);
    }

    @Override
    public void hear(Outcome outcome, List<KeySocket> sockets, KeyEngine engine) {
        Hearing.of(outcome, sockets, engine);
    }

    @Override
    public long deadline(SecurityAssociation sa, KeyEngine engine) {
        return ager.deadline(sa, engine);
    }

    @Override
    public void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        ager.due(sa, now, engine);
    }

    @Override
    public boolean deadLinger() {
        return true;
    }

    @Override
    public boolean used(
            SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        return ager.used(sa, bytes, packets, now, engine);
    }

    @Override
    public long patience(Acquire wanted, List<KeySocket> sockets, KeyEngine engine) {
        boolean heard =
                Checks.served(wanted.saType())
                        && sockets.stream()
                                .anyMatch(
                                        socket ->
                                                Register.isExtended(socket)
                                                        || socket.registered()
                                                                .contains(wanted.saType()));
        return heard ? MILLIS * engine.settings().number(SolarisSettings.ACQUIRE_TIMEOUT) : 0;
    }

    /**
     * A verb that AH or ESP serves: SA type, addresses and unwanted extensions are checked first,
     * and the verb sees the message with its addresses in normal form (solaris.md 3.2).
     */
    private static Verb ofSa(Verb verb) {
        return (request, engine) -> {
            Checks.requireServed(request.header().saType());
            Request normal =
                    new Request(
                            request.asker(),
                            Addresses.normalized(request.message(), engine.settings()),
                            request.raw(),
                            request.now());
            Checks.requireNoneUnwanted(normal.message());
            return verb.carryOut(normal, engine);
        };
    }

    private static Outcome unsupported(Request request, KeyEngine engine) throws Refusal {
        throw new Refusal(Errno.EOPNOTSUPP, Reasons.noVerb(request.header().type()));
    }
}
