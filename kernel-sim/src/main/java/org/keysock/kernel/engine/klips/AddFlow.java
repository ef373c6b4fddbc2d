package org.keysock.kernel.engine.klips;

import java.util.ArrayList;
import java.util.List;
import org.keysock.kernel.engine.Eroutes;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Outcome;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.sadb.TunnelPolicy;
import org.keysock.kernel.spd.Eroute;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Sockaddr;

/**
 * X_ADDFLOW: klips.md section 3.14. Adds an eroute or puts one into another's place; or tells a
 * tunnel which packets it lets in. All hear the request again, without ports and protocol.
 */
final class AddFlow implements KlipsVerb {

    private final Scratch scratch;

    AddFlow(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        SaFlags flags = Checks.sa(request.message()).flags();
        if (flags.has(SaFlag.X_INFLOW) || flags.has(SaFlag.X_POLICYONLY)) {
            return letIn(request, engine);
        }
        Selector selector = FlowRequest.selector(request.message());
        Eroute eroute = eroute(request);
        if (flags.has(SaFlag.X_REPLACEFLOW)) {
            Policy there = DelFlow.named(selector, engine);
            Policy policy = Eroutes.policy(there.id(), selector, eroute, request.now());
            engine.spd().replace(policy);
            return Outcome.of(Outcome.Event.POLICY_UPDATED, request, policy);
        }
        int id = engine.spd().nextId(PolicyDirection.OUT);
        Policy policy = Eroutes.policy(id, selector, eroute, request.now());
        if (!engine.spd().insert(policy)) {
            throw new Refusal(
                    Errno.EEXIST,
                    "X_ADDRESS_SRC_FLOW: "
                            + FlowRequest.phrase(selector)
                            + " has an eroute or a policy already");
        }
        return Outcome.of(Outcome.Event.POLICY_ADDED, request, policy);
    }

    private static Eroute eroute(Request request) throws Refusal {
        SadbMessage message = request.message();
        Said target =
                new Said(
                        request.header().saType(),
                        Checks.sa(message).spi(),
                        Checks.address(message, ExtensionType.ADDRESS_DST));
        return new Eroute(
                target,
                message.find(ExtensionType.IDENTITY_SRC, Identity.class),
                message.find(ExtensionType.IDENTITY_DST, Identity.class));
    }

    /** The policy of the first tunnel from the named SA inward. */
    private static Outcome letIn(Request request, KeyEngine engine) throws Refusal {
        SecurityAssociation sa = Checks.named(request, Errno.ENOENT, engine);
        SecurityAssociation tunnel = sa;
        while (tunnel != null && tunnel.protocol() != SaType.X_IPIP) {
            tunnel = tunnel.inner();
        }
        if (tunnel == null) {
            throw new Refusal(Errno.ENOENT, "SA: no tunnel is inside " + sa);
        }
        Selector selector = FlowRequest.selector(request.message());
        tunnel.details(
                tunnel.details()
                        .withTunnelPolicy(
                                new TunnelPolicy(
                                        selector.source(),
                                        selector.sourcePrefix(),
                                        selector.destination(),
                                        selector.destinationPrefix())));
        tunnel.flag(SaFlag.X_INFLOW);
        return Outcome.of(Outcome.Event.CARRIED_OUT, request, 0);
    }

    /** What users of other dialects do to policies is no news here. */
    @Override
    public void announce(Outcome outcome, Audience audience) {
        if (audience.askedHere()) {
            Request request = outcome.theRequest();
            audience.all(
                    SadbMessage.of(request.header().answered(), echo(request.message(), scratch)));
        }
    }

    /** SA and addresses of a request; what KLIPS does not echo is left out. */
    static List<Extension> echo(SadbMessage message, Scratch scratch) {
        List<Extension> parts = new ArrayList<>();
        for (Extension part : message.extensions()) {
            if (part instanceof Extension.Sa sa) {
                parts.add(scratch.first(sa));
            } else if (part instanceof Address address) {
                parts.add(
                        new Address(
                                address.type(),
                                0,
                                0,
                                address.address() == null
                                        ? address.sockaddr()
                                        : Sockaddr.of(address.address(), 0)));
            }
        }
        return Ascending.of(parts);
    }
}
