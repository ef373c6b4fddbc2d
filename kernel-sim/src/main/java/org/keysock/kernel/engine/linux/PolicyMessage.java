package org.keysock.kernel.engine.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.spd.Template.Level;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/** How policies are shown: section 8.13, in the order of the message. */
final class PolicyMessage {

    static final int ANY_PROTOCOL = 255;

    /** References to a policy, in the header's reserved bits, of which some clients take note. */
    static final int REFERENCES_HELD = 3;

    static final int REFERENCES_DUMPED = 2;
    static final int REFERENCES_DELETED = 1;

    private static final int USE = 1;
    private static final int REQUIRE = 2;
    private static final int UNIQUE = 3;

    private PolicyMessage() {}

    /**
     * A policy.
     *
     * @param request whose sequence number and pid are echoed
     */
    static SadbMessage of(
            MessageType type, BaseHeader request, Policy policy, int references, KeyEngine engine) {
        Selector selector = policy.selector();
        List<Extension> parts = new ArrayList<>();
        parts.add(
                end(
                        ExtensionType.ADDRESS_SRC,
                        selector,
                        selector.source(),
                        selector.sourcePrefix(),
                        selector.sourcePort()));
        parts.add(
                end(
                        ExtensionType.ADDRESS_DST,
                        selector,
                        selector.destination(),
                        selector.destinationPrefix(),
                        selector.destinationPort()));
        parts.add(limit(ExtensionType.LIFETIME_HARD, policy.hard()));
        parts.add(limit(ExtensionType.LIFETIME_SOFT, policy.soft()));
        parts.add(
                new Lifetime(
                        ExtensionType.LIFETIME_CURRENT,
                        0,
                        0,
                        policy.addedWall(),
                        policy.lastUse()));
        parts.add(
                new KameExtension.Policy(
                        policyType(policy.action()),
                        number(policy),
                        policy.id(),
                        policy.priority(),
                        ErouteTemplates.of(policy, engine).stream()
                                .map(PolicyMessage::request)
                                .toList()));
        return SadbMessage.of(
                BaseHeader.of(type, SaType.UNSPEC, request.sequence(), request.pid())
                        .withReserved(references),
                parts);
    }

    private static Address end(
            ExtensionType type, Selector selector, IpAddress address, int prefix, int port) {
        int protocol = selector.protocol() == 0 ? ANY_PROTOCOL : selector.protocol();
        return new Address(type, protocol, prefix, Sockaddr.of(address, port));
    }

    private static Lifetime limit(ExtensionType type, @Nullable Lifetime limit) {
        return limit == null ? new Lifetime(type, 0, 0, 0, 0) : limit;
    }

    private static int policyType(Action action) {
        return switch (action) {
            case DISCARD, REJECT, HOLD -> 0;
            case NONE -> 1;
            case IPSEC, TRAP, TRAP_SUBNET -> 2;
        };
    }

    /** The number of a policy's direction. */
    static int number(Policy policy) {
        return policy.direction().ordinal() + 1;
    }

    private static KameExtension.Policy.Request request(Template template) {
        boolean tunnel = template.mode() == Checks.TUNNEL;
        return new KameExtension.Policy.Request(
                Checks.number(template.protocol()),
                template.mode(),
                template.level() == Level.USE ? USE : level(template.reqid()),
                template.reqid(),
                tunnel ? sockaddr(template.source()) : null,
                tunnel ? sockaddr(template.destination()) : null);
    }

    /** A request with a reqid is shown as unique, whoever made it. */
    static int level(int reqid) {
        return reqid == 0 ? REQUIRE : UNIQUE;
    }

    private static @Nullable Sockaddr sockaddr(@Nullable IpAddress address) {
        return address == null ? null : Sockaddr.of(address, 0);
    }
}
