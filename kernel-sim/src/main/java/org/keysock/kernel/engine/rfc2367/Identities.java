package org.keysock.kernel.engine.rfc2367;

import static org.keysock.kernel.engine.rfc2367.Layout.require;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Refusal;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SadbMessage;

/** Identity extensions, RFC 2367 section 2.3.5. */
final class Identities {

    private static final Set<IdentityType> KNOWN =
            Set.of(IdentityType.PREFIX, IdentityType.FQDN, IdentityType.USER_FQDN);

    /** Only what is an address by its form, so that no name is ever looked up. */
    private static final Pattern PREFIX =
            Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F.:]*)/(\\d{1,3})");

    private Identities() {}

    /**
     * Checks both identities of a message, as far as they are there.
     *
     * @throws Refusal EINVAL for a kind that the RFC does not have, or a prefix that is malformed,
     *     has host bits set, or does not hold the SA's address on its side
     */
    static void check(SadbMessage message, Ends ends) throws Refusal {
        check(message.find(ExtensionType.IDENTITY_SRC, Identity.class), ends.from());
        check(message.find(ExtensionType.IDENTITY_DST, Identity.class), ends.to());
    }

    private static void check(@Nullable Identity identity, IpAddress address) throws Refusal {
        if (identity == null) {
            return;
        }
        require(KNOWN.contains(identity.kind()));
        if (identity.kind() == IdentityType.PREFIX) {
            Matcher prefix = PREFIX.matcher(identity.text());
            require(prefix.matches());
            IpAddress network = Ends.present(parsed(prefix.group(1)));
            int length = Integer.parseInt(prefix.group(2));
            require(length <= network.bitLength() && network.sameFamily(address));
            require(network.masked(length).equals(network));
            require(address.masked(length).equals(network));
        }
    }

    private static @Nullable IpAddress parsed(String literal) {
        try {
            return IpAddress.ofBytes(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}
