package org.keysock.kernel.engine.linux;

import static org.keysock.kernel.engine.linux.Checks.present;
import static org.keysock.kernel.engine.linux.Checks.require;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Setting;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.kernel.spd.Template.Level;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/** What a policy message asks for, checked in the kernel's order: section 8.13. */
final class PolicyRequest {

    private static final int DISCARD = 0;
    private static final int IPSEC = 2;
    private static final int USE = 1;
    private static final int UNIQUE = 3;
    private static final int MOST_TEMPLATES = 6;
    private static final int ID_DIRECTION = 7;

    /** Newer kernels refuse them; setkey and racoon write bundles with IPCOMP so. */
    static final Setting OPTIONAL_TUNNEL =
            Setting.choice(
                    "linux.optional-outbound-tunnel",
                    "outbound policies with a tunnel of level use, which newer kernels refuse",
                    "accept",
                    "refuse");

    private PolicyRequest() {}

    /**
     * The policy that a message describes, in no database yet.
     *
     * @throws Refusal EINVAL; ELOOP for more than six requests
     */
    static Policy of(Request request, Reqids reqids, KeyEngine engine) throws Refusal {
        SadbMessage message = request.message();
        Checks.ends(message);
        KameExtension.Policy asked = extension(message);
        if (asked.policyType() > IPSEC) {
            throw Refusal.invalid(
                    "X_POLICY: policy type " + asked.policyType() + ", the highest is " + IPSEC);
        }
        PolicyDirection direction = direction(asked);
        Selector selector = selector(message);
        List<Template> templates =
                asked.policyType() == IPSEC ? templates(asked, reqids) : List.of();
        require(
                direction != PolicyDirection.OUT
                        || templates.stream().noneMatch(PolicyRequest::isOptionalTunnel)
                        || engine.settings().is(OPTIONAL_TUNNEL, "accept"),
                "X_POLICY: an outbound request of level use that is not in transport mode"
                        + " (linux.optional-outbound-tunnel)");
        Policy replaced = engine.spd().find(direction, selector);
        return new Policy(
                DialectName.LINUX,
                replaced == null ? engine.spd().nextId(direction) : replaced.id(),
                direction,
                selector,
                asked.policyType() == DISCARD
                        ? Action.DISCARD
                        : templates.isEmpty() ? Action.NONE : Action.IPSEC,
                asked.priority(),
                templates,
                message.lifetime(ExtensionType.LIFETIME_HARD),
                message.lifetime(ExtensionType.LIFETIME_SOFT),
                null, // no security module is active here
                request.now().wallSeconds(),
                request.now().millis());
    }

    /** The X_POLICY of a message. */
    static KameExtension.Policy extension(SadbMessage message) throws Refusal {
        return present(
                message.find(ExtensionType.X_POLICY, KameExtension.Policy.class),
                ExtensionType.X_POLICY);
    }

    /** Which packets: in, out or forwarded; per-socket policies have no place in these messages. */
    static PolicyDirection direction(KameExtension.Policy asked) throws Refusal {
        PolicyDirection[] all = PolicyDirection.values();
        if (asked.direction() < 1 || asked.direction() > all.length) {
            throw Refusal.invalid(
                    "X_POLICY: direction "
                            + asked.direction()
                            + ", not 1 (in), 2 (out) or 3 (forwarded)");
        }
        return all[asked.direction() - 1];
    }

    /**
     * The policy that an id names.
     *
     * @throws Refusal EINVAL for an id of no direction, ENOENT when there is none
     */
    static Policy byId(SadbMessage message, KeyEngine engine) throws Refusal {
        int id = extension(message).id();
        if ((id & ID_DIRECTION) >= PolicyDirection.values().length) {
            throw Refusal.invalid(
                    "X_POLICY: id "
                            + id
                            + ", whose lowest three bits are no direction (0 in, 1 out, 2"
                            + " forwarded)");
        }
        Policy found = engine.spd().find(id);
        if (found == null) {
            throw new Refusal(Errno.ENOENT, "X_POLICY: there is no policy with id " + id);
        }
        return found;
    }

    /**
     * The policy that direction and selector name.
     *
     * @throws Refusal EINVAL when something is missing, ENOENT when there is none
     */
    static Policy bySelector(SadbMessage message, KeyEngine engine) throws Refusal {
        Checks.ends(message);
        PolicyDirection direction = direction(extension(message));
        Selector selector = selector(message);
        Policy found = engine.spd().find(direction, selector);
        if (found == null) {
            throw new Refusal(Errno.ENOENT, "X_POLICY: there is no " + phrase(direction, selector));
        }
        return found;
    }

    /** A policy for people. */
    static String phrase(PolicyDirection direction, Selector selector) {
        return switch (direction) {
                    case IN -> "inbound";
                    case OUT -> "outbound";
                    case FORWARD -> "forwarded";
                }
                + " policy from "
                + selector.source()
                + "/"
                + selector.sourcePrefix()
                + " port "
                + selector.sourcePort()
                + " to "
                + selector.destination()
                + "/"
                + selector.destinationPrefix()
                + " port "
                + selector.destinationPort()
                + ", protocol "
                + selector.protocol();
    }

    /** Of the two protocols the destination's counts; 0 and 255 are any. */
    private static Selector selector(SadbMessage message) throws Refusal {
        Address source = present(message.address(ADDRESS_SRC), ADDRESS_SRC);
        Address destination = present(message.address(ADDRESS_DST), ADDRESS_DST);
        int protocol = destination.protocol();
        return new Selector(
                Checks.address(source),
                source.prefixLength(),
                Checks.address(destination),
                destination.prefixLength(),
                protocol == PolicyMessage.ANY_PROTOCOL ? 0 : protocol,
                source.sockaddr().port(),
                destination.sockaddr().port());
    }

    private static List<Template> templates(KameExtension.Policy asked, Reqids reqids)
            throws Refusal {
        List<Template> templates = new ArrayList<>();
        for (KameExtension.Policy.Request each : asked.requests()) {
            if (templates.size() == MOST_TEMPLATES) {
                throw new Refusal(
                        Errno.ELOOP, "X_POLICY: more than " + MOST_TEMPLATES + " requests");
            }
            templates.add(template(each, reqids));
        }
        return templates;
    }

    private static Template template(KameExtension.Policy.Request asked, Reqids reqids)
            throws Refusal {
        require(asked.mode() != 0, "X_POLICY: a request of mode 0, not transport or tunnel");
        int mode = Checks.mode(asked.mode(), ExtensionType.X_POLICY);
        boolean optional = asked.level() == USE;
        boolean tunnel = mode == Checks.TUNNEL;
        return new Template(
                Checks.protocol(asked.protocol()),
                mode,
                optional ? Level.USE : asked.level() == UNIQUE ? Level.UNIQUE : Level.REQUIRE,
                asked.level() == UNIQUE ? reqids.of(asked.reqid()) : 0,
                tunnel ? address(asked.source()) : null,
                tunnel ? address(asked.destination()) : null);
    }

    private static boolean isOptionalTunnel(Template template) {
        return template.level() == Level.USE && template.mode() != Checks.TRANSPORT;
    }

    /** One end of a pair of addresses that must be there. */
    static IpAddress address(@Nullable Sockaddr sockaddr) throws Refusal {
        IpAddress address = sockaddr == null ? null : sockaddr.address();
        if (address == null) {
            throw Refusal.invalid(
                    "X_POLICY: a request "
                            + (sockaddr == null
                                    ? "without the two addresses it needs"
                                    : "with an address of " + sockaddr));
        }
        return address;
    }
}
