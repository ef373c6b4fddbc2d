package org.keysock.tools.setkey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.KameExtension.SecurityContext;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * {@code spdadd}, {@code spdupdate} and {@code spddelete}: {@code [-46n] srcrange dstrange upper
 * [spec] [-ctx …] -P policy ;}. Linux looks at forwarded packets apart, so what is said of inbound
 * ones is said of them too, unless {@code -k} asks for KAME's ways.
 */
record PolicyCommand(MessageType type) implements Command {

    @Override
    public Statement read(Tokens tokens, Context context) throws ScriptError {
        EndpointReader reader = new EndpointReader(tokens, context);
        reader.options();
        Endpoint source = reader.range();
        Endpoint destination = reader.range();
        UpperLayer upper = UpperLayer.read(tokens);
        SecurityContext label = tokens.take("-ctx") ? SaOptions.context(tokens) : null;
        if (!tokens.take("-P")) {
            throw ScriptError.syntax(tokens.peek());
        }
        PolicyReader policies = new PolicyReader(new PolicyWords(tokens));
        Policy policy =
                type == MessageType.X_SPDDELETE ? policies.directionAlone() : policies.policy();
        IpAddress from = source.only();
        IpAddress to = destination.only();
        if (Numbers.bits(from) != Numbers.bits(to)) {
            return new Requests(List.of());
        }
        Extension[] selector = {
            address(ExtensionType.ADDRESS_SRC, source, upper, upper.first()),
            address(ExtensionType.ADDRESS_DST, destination, upper, upper.second())
        };
        List<SadbMessage> messages = new ArrayList<>();
        messages.add(message(policy, selector, label, context.pid()));
        Policy forwarded = context.kame() ? null : PolicyReader.forwarded(policy);
        if (forwarded != null) {
            messages.add(message(forwarded, selector, label, context.pid()));
        }
        return new Requests(messages);
    }

    private SadbMessage message(
            Policy policy, Extension[] selector, @Nullable SecurityContext label, int pid) {
        List<Extension> extensions = new ArrayList<>();
        extensions.add(policy);
        extensions.addAll(List.of(selector));
        if (label != null) {
            extensions.add(label);
        }
        return SadbMessage.of(Requests.header(type, SaType.UNSPEC, pid), extensions);
    }

    private static Address address(
            ExtensionType kind, Endpoint end, UpperLayer upper, int specification)
            throws ScriptError {
        IpAddress address = end.only();
        int port = upper.specified() ? specification : end.portOr(0);
        int prefix = end.prefix() == Endpoint.NONE ? Numbers.bits(address) : end.prefix();
        return new Address(kind, upper.protocol(), prefix, Sockaddr.of(address, port));
    }
}
