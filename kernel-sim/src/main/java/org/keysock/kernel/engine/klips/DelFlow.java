package org.keysock.kernel.engine.klips;

import java.util.List;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SadbMessage;

/**
 * X_DELFLOW: klips.md section 3.15. Deletes one eroute, or all, and these alone; all hear the
 * request again.
 */
final class DelFlow implements KlipsVerb {

    private final Scratch scratch;

    DelFlow(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        Extension.Sa sa = request.message().sa();
        if (sa != null && sa.flags().has(SaFlag.X_CLEARFLOW)) {
            for (Policy policy : engine.spd().newestFirst()) {
                if (policy.eroute() != null) {
                    engine.spd().remove(policy);
                    engine.tell(Outcome.of(Outcome.Event.POLICY_DELETED, null, policy));
                }
            }
            return Outcome.of(Outcome.Event.CARRIED_OUT, request, 0);
        }
        Policy policy = named(FlowRequest.selector(request.message()), engine);
        engine.spd().remove(policy);
        return Outcome.of(Outcome.Event.POLICY_DELETED, request, policy);
    }

    /**
     * The eroute of just these packets.
     *
     * @throws Refusal EFAULT when there is none, ENOENT when one differs in its masks alone, as the
     *     radix tree has it
     */
    static Policy named(Selector selector, KeyEngine engine) throws Refusal {
        Policy there = engine.spd().find(PolicyDirection.OUT, selector);
        if (there != null && there.eroute() != null) {
            return there;
        }
        boolean masked = engine.spd().newestFirst().stream().anyMatch(it -> like(it, selector));
        throw new Refusal(
                masked ? Errno.ENOENT : Errno.EFAULT,
                "X_ADDRESS_SRC_FLOW: " + FlowRequest.phrase(selector) + " has no eroute");
    }

    private static boolean like(Policy policy, Selector selector) {
        Selector its = policy.selector();
        return policy.eroute() != null
                && its.source().equals(selector.source())
                && its.destination().equals(selector.destination())
                && its.protocol() == selector.protocol()
                && its.sourcePort() == selector.sourcePort()
                && its.destinationPort() == selector.destinationPort();
    }

    /** What users of other dialects do to policies is no news here. */
    @Override
    public void announce(Outcome outcome, Audience audience) {
        if (audience.askedHere()) {
            Request request = outcome.theRequest();
            List<Extension> echo = AddFlow.echo(request.message(), scratch);
            boolean cleared = outcome.event() == Outcome.Event.CARRIED_OUT;
            audience.all(
                    SadbMessage.of(
                            request.header().answered(),
                            cleared
                                    ? echo.stream().filter(Extension.Sa.class::isInstance).toList()
                                    : echo));
        }
    }
}
