package org.keysock.tools.setkey;

import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.cli.IpProtocols;

/** Shows a policy as a block: section 12.4. */
final class PolicyPrinter {

    private static final int MANUAL_REQID_MAX = 0x3fff;

    private final boolean ports;
    private final Moments moments;

    /**
     * A printer.
     *
     * @param ports whether ports of tunnel ends are shown
     */
    PolicyPrinter(boolean ports, Moments moments) {
        this.ports = ports;
        this.moments = moments;
    }

    /** Whether a message is about the policy of a socket. */
    static boolean ofSocket(SadbMessage message) {
        Policy policy = message.find(ExtensionType.X_POLICY, Policy.class);
        return policy != null && policy.direction() > PolicyTerms.FORWARD;
    }

    /** Appends the block of a message. */
    void append(StringBuilder text, SadbMessage message) {
        Policy policy = message.find(ExtensionType.X_POLICY, Policy.class);
        if (policy == null) {
            text.append("no X_POLICY extension.\n");
            return;
        }
        selector(text, message);
        text.append("\n\t").append(PolicyTerms.DIRECTIONS.word(policy.direction())).append(' ');
        Priorities.append(text, policy.priority());
        text.append(PolicyTerms.ACTIONS.word(policy.policyType())).append('\n');
        for (Policy.Request request : policy.requests()) {
            request(text.append('\t'), request);
            text.append('\n');
        }
        lifetimes(text, message);
        SaPrinter.context(text, message);
        text.append("\tspid=").append(Integer.toUnsignedString(policy.id()));
        text.append(" seq=").append(Integer.toUnsignedString(message.header().sequence()));
        text.append(" pid=").append(Integer.toUnsignedString(message.header().pid()));
        text.append("\n\trefcnt=").append(message.header().reserved()).append('\n');
    }

    private static void selector(StringBuilder text, SadbMessage message) {
        Address source = message.address(ExtensionType.ADDRESS_SRC);
        Address destination = message.address(ExtensionType.ADDRESS_DST);
        if (ofSocket(message)) {
            text.append("(per-socket policy) ");
        } else if (source == null || destination == null) {
            text.append("(no selector, probably per-socket policy) ");
        } else {
            int protocol = destination.protocol();
            boolean bare = UpperLayer.typed(protocol) || protocol == IpProtocols.GRE;
            end(text, source, !bare);
            end(text.append(' '), destination, !bare);
            text.append(' ').append(UpperLayer.name(protocol));
            if (bare && (source.port() != 0 || destination.port() != 0)) {
                specification(text.append(' '), protocol, source.port(), destination.port());
            }
        }
    }

    private static void end(StringBuilder text, Address end, boolean withPort) {
        IpAddress address = end.address();
        if (address != null) {
            text.append(AddressText.format(address));
            if (end.prefixLength() != Numbers.bits(address)) {
                text.append('/').append(end.prefixLength());
            }
        }
        if (withPort) {
            text.append('[').append(end.port() == 0 ? "any" : "" + end.port()).append(']');
        }
    }

    private static void specification(StringBuilder text, int protocol, int first, int second) {
        if (protocol == IpProtocols.GRE) {
            text.append(Integer.toUnsignedString(first << 16 | second));
        } else {
            text.append(first).append(',').append(second);
        }
    }

    private void request(StringBuilder text, Policy.Request request) {
        text.append(PolicyTerms.PROTOCOLS.word(request.protocol())).append('/');
        text.append(Modes.word(request.mode())).append('/');
        Sockaddr source = request.source();
        Sockaddr destination = request.destination();
        if (source != null && destination != null) {
            end(text, source);
            end(text.append('-'), destination);
        }
        text.append('/').append(PolicyTerms.LEVELS.word(request.level()));
        int reqid = request.reqid();
        if (request.level() == PolicyTerms.UNIQUE && reqid != 0) {
            boolean manual = Integer.compareUnsigned(reqid, MANUAL_REQID_MAX) <= 0;
            text.append(manual ? ':' : '#').append(Integer.toUnsignedString(reqid));
        }
    }

    private void end(StringBuilder text, Sockaddr end) {
        IpAddress address = end.address();
        text.append(address == null ? "" : AddressText.format(address));
        if (ports) {
            text.append('[').append(end.port()).append(']');
        }
    }

    private void lifetimes(StringBuilder text, SadbMessage message) {
        Lifetime current = message.lifetime(ExtensionType.LIFETIME_CURRENT);
        Lifetime hard = message.lifetime(ExtensionType.LIFETIME_HARD);
        if (current != null) {
            text.append("\tcreated: ");
            moments.append(text, current.addTime());
            text.append("  lastused: ");
            moments.append(text, current.useTime());
            text.append('\n');
        }
        if (hard != null) {
            text.append("\tlifetime: ").append(Long.toUnsignedString(hard.addTime()));
            text.append("(s) validtime: ").append(Long.toUnsignedString(hard.useTime()));
            text.append("(s)\n");
        }
    }
}
