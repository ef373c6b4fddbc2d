package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.require;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Verb;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;

/**
 * SADB_UPDATE and SADB_X_UPDATEPAIR: solaris.md section 3.7. Everything is checked before anything
 * is changed; the original changes the first SA and then finds that it has no partner.
 */
final class Update implements Verb {

    private static final List<ExtensionType> LABELS =
            List.of(ExtensionType.SENSITIVITY, ExtensionType.X_OUTER_SENS);

    private final Ager ager;

    Update(Ager ager) {
        this.ager = ager;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Checks.destination(message);
        Checks.source(message);
        Extension.Sa asked = Checks.sa(message);
        SecurityAssociation sa = Lookup.named(message, engine);
        if (sa.state() == SaState.LARVAL) {
            requirePartner(sa, message, engine);
            return Outcome.of(Outcome.Event.UPDATED, request, Admission.admit(request, engine, sa));
        }
        require(
                !message.has(ExtensionType.KEY_AUTH),
                ExtensionType.KEY_AUTH,
                Diagnostic.AKEY_PRESENT);
        require(
                !message.has(ExtensionType.KEY_ENCRYPT),
                ExtensionType.KEY_ENCRYPT,
                Diagnostic.EKEY_PRESENT);
        if (asked.state() == SaState.X_ACTIVE) {
            wake(sa, request, engine);
        } else {
            change(sa, asked, request, engine);
        }
        return Outcome.of(Outcome.Event.UPDATED, request, sa);
    }

    /** State ACTIVE: an idle SA of a cluster is used here again. */
    private void wake(SecurityAssociation sa, Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation partner = sa.partner();
        require(
                sa.state() == SaState.X_IDLE,
                ExtensionType.SA,
                Diagnostic.BAD_SASTATE,
                "X_ACTIVE, and the SA is not X_IDLE");
        require(
                partner == null || partner.state() == SaState.X_IDLE,
                ExtensionType.SA,
                Diagnostic.BAD_SASTATE,
                "X_ACTIVE, and the partner is not X_IDLE");
        restart(sa, SaState.MATURE, request, engine);
        if (partner != null) {
            restart(partner, SaState.MATURE, request, engine);
        }
    }

    private void change(
            SecurityAssociation sa, Extension.Sa asked, Request request, KeyEngine engine)
            throws Refusal {
        SadbMessage message = request.message();
        check(sa, asked, message);
        SecurityAssociation partner =
                message.type() == MessageType.X_UPDATEPAIR ? sa.partner() : null;
        if (partner != null) {
            requireChangeable(partner, message);
        }
        checkReplay(sa, message);
        requirePartner(sa, message, engine);
        SecurityAssociation wanted = Pairs.wanted(sa, message, engine);

        if (asked.state() == SaState.X_ACTIVE_ELSEWHERE) {
            leave(sa, request, engine);
            leave(sa.partner(), request, engine);
        }
        apply(sa, request, true, engine);
        ReplayValue replay = message.find(ExtensionType.X_REPLAY_VALUE, ReplayValue.class);
        if (replay != null && sa.replayWindow() != 0) {
            sa.ownUse().sequence(Integer.toUnsignedLong(replay.value32()));
        }
        if (partner != null) {
            apply(partner, request, false, engine);
            engine.tell(Outcome.of(Outcome.Event.UPDATED, null, partner));
        }
        if (wanted != null) {
            sa.pairWith(wanted);
        }
    }

    /** Steps 3 to 8. */
    private static void check(SecurityAssociation sa, Extension.Sa asked, SadbMessage message)
            throws Refusal {
        Flags.requireState(asked);
        Flags.requireForUpdate(asked.flags(), sa.protocol());
        if (message.has(ExtensionType.LIFETIME_CURRENT)) {
            throw new Refusal(
                    Errno.EOPNOTSUPP,
                    Diagnostic.MISSING_LIFETIME,
                    Reasons.unwanted(message, ExtensionType.LIFETIME_CURRENT));
        }
        LifetimeChecks.requireOrder(message);
        for (ExtensionType label : LABELS) {
            require(!message.has(label), label, Diagnostic.BAD_LABEL);
        }
        requireChangeable(sa, message);
    }

    /** Step 9. */
    private static void checkReplay(SecurityAssociation sa, SadbMessage message) throws Refusal {
        ReplayValue replay = message.find(ExtensionType.X_REPLAY_VALUE, ReplayValue.class);
        if (replay != null) {
            require(
                    sa.state() != SaState.MATURE,
                    ExtensionType.X_REPLAY_VALUE,
                    Diagnostic.BAD_SASTATE,
                    "the SA is MATURE");
            require(
                    sa.direction() != Direction.INBOUND || inWindow(sa, replay),
                    ExtensionType.X_REPLAY_VALUE,
                    Diagnostic.INVALID_REPLAY,
                    "behind the replay window");
        }
    }

    private static void requireChangeable(SecurityAssociation sa, SadbMessage message)
            throws Refusal {
        Cookies.requireCompatible(sa, message);
        if (sa.state() == SaState.DEAD) {
            throw new Refusal(Errno.ESRCH, "SA: " + sa.spi() + " is DEAD");
        }
    }

    /** Whether a packet with that number would pass the replay check. */
    private static boolean inWindow(SecurityAssociation sa, ReplayValue replay) {
        long value = Integer.toUnsignedLong(replay.value32());
        return sa.replayWindow() == 0
                || (value != 0 && value + sa.replayWindow() > sa.use().sequence());
    }

    /** X_UPDATEPAIR changes a partner too. */
    private static void requirePartner(
            SecurityAssociation sa, SadbMessage message, KeyEngine engine) throws Refusal {
        if (message.type() == MessageType.X_UPDATEPAIR
                && sa.partner() == null
                && engine.settings().is(SolarisSettings.UPDATE_UNPAIRED, "refuse")) {
            throw new Refusal(
                    Errno.ESRCH,
                    Diagnostic.PAIR_SA_NOTFOUND,
                    Checks.reason(
                            ExtensionType.SA,
                            Diagnostic.PAIR_SA_NOTFOUND,
                            sa.spi() + " has no partner"));
        }
    }

    private void apply(SecurityAssociation sa, Request request, boolean named, KeyEngine engine) {
        if (request.message().has(ExtensionType.X_LIFETIME_IDLE)) {
            ager.restartIdle(sa, request.now());
        }
        LimitChanges.change(sa, request.message(), named, engine);
        Cookies.change(sa, request.message());
    }

    private void leave(@Nullable SecurityAssociation sa, Request request, KeyEngine engine) {
        if (sa != null && sa.state() == SaState.X_IDLE) {
            restart(sa, SaState.X_ACTIVE_ELSEWHERE, request, engine);
        }
    }

    private void restart(SecurityAssociation sa, SaState state, Request request, KeyEngine engine) {
        ager.restartIdle(sa, request.now());
        engine.state(sa, state);
    }
}
