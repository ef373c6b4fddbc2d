package org.keysock.kernel.engine.linux;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Succession;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;

/**
 * UPDATE: section 8.6. Of a grown SA it takes limits and NAT-T ports over and nothing else, without
 * complaint; yet all hear what was submitted, as a dead SA.
 */
final class Update implements LinuxVerb {

    /** What the last request submitted: its outcome is told before the next one comes. */
    private @Nullable SecurityAssociation submitted;

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation fresh = Submission.of(request, engine);
        SecurityAssociation stored =
                engine.sadb().find(fresh.protocol(), fresh.destination(), fresh.spi());
        if (stored == null) {
            throw new Refusal(
                    Errno.ESRCH, Reasons.noSa(fresh.protocol(), fresh.spi(), fresh.destination()));
        }
        if (stored.state() == SaState.LARVAL) {
            submitted = fresh;
            Succession.of(stored, fresh, engine);
            Acquiring.answer(request, fresh, engine);
            return Outcome.of(Outcome.Event.UPDATED, request, fresh);
        }
        if (stored.state() != SaState.MATURE && stored.state() != SaState.DYING) {
            throw Refusal.invalid(
                    "SA: the one there is " + stored.state() + ", not LARVAL, MATURE or DYING");
        }
        requireEncapsulation(fresh.details().encapsulation(), stored.details().encapsulation());
        fresh.state(SaState.DEAD);
        submitted = fresh;
        stored.state(SaState.MATURE);
        stored.details(withPortsOf(fresh.details(), stored.details()));
        engine.limit(stored, fresh.hard(), fresh.soft(), stored.idle());
        return Outcome.of(Outcome.Event.UPDATED, request, stored);
    }

    private static void requireEncapsulation(int asked, int held) throws Refusal {
        if (asked != held) {
            throw Refusal.invalid(
                    "X_NAT_T_TYPE: encapsulation "
                            + asked
                            + ", that of the SA is "
                            + held
                            + " (0: none)");
        }
    }

    private static SaDetails withPortsOf(SaDetails fresh, SaDetails stored) {
        return stored.encapsulation() == 0
                ? stored
                : stored.withNatPorts(fresh.natSourcePort(), fresh.natDestinationPort());
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        SecurityAssociation shown = submitted;
        submitted = null; // an update that another dialect's socket made submits nothing here
        audience.all(
                StateMessage.whole(
                        MessageType.UPDATE,
                        outcome.header(MessageType.UPDATE),
                        shown == null ? outcome.theSa() : shown,
                        audience.engine()));
    }
}
