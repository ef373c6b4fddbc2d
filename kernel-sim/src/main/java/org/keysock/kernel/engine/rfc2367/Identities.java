package org.keysock.kernel.engine.rfc2367;

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
        if (!KNOWN.contains(identity.kind())) {
            throw Refusal.invalid(
                    identity.type()
                            + ": type "
                            + identity.kind()
                            + ", not PREFIX, FQDN or USER_FQDN");
        }
        if (identity.kind() == IdentityType.PREFIX) {
            Matcher prefix = PREFIX.matcher(identity.text());
            // not shown before it is known to be an address: it may be anything, of any length
            IpAddress network = prefix.matches() ? parsed(prefix.group(1)) : null;
            if (network == null) {
                throw Refusal.invalid(identity.type() + ": a prefix is an address, / and a length");
            }
            int length = Integer.parseInt(prefix.group(2));
            require(length <= network.bitLength(), identity, "longer than the address");
            require(network.sameFamily(address), identity, "not of the SA's family");
            require(network.masked(length).equals(network), identity, "bits behind its length");
            require(address.masked(length).equals(network), identity, "the SA's end is not in it");
        }
    }

    private static void require(boolean condition, Identity identity, String reason)
            throws Refusal {
        if (!condition) {
            throw wrong(identity, reason);
        }
    }

    private static Refusal wrong(Identity identity, String reason) {
        return Refusal.invalid(identity.type() + ": prefix \"" + identity.text() + "\": " + reason);
    }

    private static @Nullable IpAddress parsed(String literal) {
        try {
            return IpAddress.ofBytes(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}
