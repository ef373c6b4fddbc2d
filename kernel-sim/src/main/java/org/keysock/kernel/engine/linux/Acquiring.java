package org.keysock.kernel.engine.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** ACQUIRE, from the kernel and from a key manager that gives up: section 8.10. */
final class Acquiring implements LinuxVerb {

    private static final int IPSEC = 2;
    private static final int OUTBOUND = 2;

    /** Ends the wait that an SA answers: by sequence number, or because it is what was wanted. */
    static void answer(Request request, SecurityAssociation sa, KeyEngine engine) {
        Checks.Ends ends = new Checks.Ends(sa.source(), sa.destination());
        int mode = Math.max(sa.details().mode(), Checks.TRANSPORT);
        List<Acquire> answered = new ArrayList<>();
        for (Acquire waiting : engine.acquires().all()) {
            boolean named =
                    waiting.number() == request.header().sequence()
                            && waiting.saType() == sa.protocol()
                            && sa.destination().equals(waiting.destination().address());
            if (named || Waiting.fits(waiting, sa.protocol(), ends, mode, sa.details().reqid())) {
                answered.add(waiting);
            }
        }
        answered.forEach(engine.acquires()::remove);
    }

    /**
     * A key manager gives up: packets are dropped until the wait is over, and nobody hears of it.
     */
    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        if (request.message().size() > 0) {
            throw new Refusal(
                    Errno.EOPNOTSUPP,
                    request.message().extensions().get(0).type()
                            + ": not allowed, who gives up sends the base header alone");
        }
        Acquire waiting = engine.acquires().find(request.header().sequence());
        if (waiting != null && request.header().errno() != Errno.OK) {
            engine.acquires().progress(waiting, Acquire.Progress.GIVEN_UP);
        }
        return Outcome.NOTHING;
    }

    @Override
    public void announce(Outcome outcome, Audience audience) {
        @Nullable Acquire wanted = outcome.acquire();
        if (wanted == null) {
            return; // one that a user of another dialect passed on
        }
        IpAddress source = wanted.source().address();
        IpAddress destination = wanted.destination().address();
        if (source == null || destination == null) {
            return;
        }
        List<Extension> parts = new ArrayList<>();
        parts.add(StateMessage.end(ExtensionType.ADDRESS_SRC, source));
        parts.add(StateMessage.end(ExtensionType.ADDRESS_DST, destination));
        parts.add(policy(wanted.demand().policy()));
        if (wanted.saType() != SaType.X_IPCOMP) {
            parts.add(Proposals.of(wanted));
        }
        audience.registered(
                SadbMessage.of(
                        BaseHeader.of(MessageType.ACQUIRE, wanted.saType(), wanted.number(), 0),
                        parts));
    }

    private static KameExtension.Policy policy(@Nullable Policy policy) {
        return policy == null
                ? new KameExtension.Policy(IPSEC, OUTBOUND, 0, 0, List.of())
                : new KameExtension.Policy(
                        IPSEC,
                        PolicyMessage.number(policy),
                        policy.id(),
                        policy.priority(),
                        List.of());
    }
}
