package org.keysock.kernel.engine.solaris;

import static org.keysock.pfkey.model.ExtensionType.ADDRESS_PROXY;
import static org.keysock.pfkey.model.ExtensionType.IDENTITY_DST;
import static org.keysock.pfkey.model.ExtensionType.IDENTITY_SRC;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_INNER_DST;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_NATT_LOC;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_NATT_REM;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Identity;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SadbMessage;

/** What few SAs have, taken from an ADD in normal form: solaris.md section 3.6, notes. */
final class Details {

    private static final int NAT_T_PORT = 4500;
    private static final int UDP = 17;
    private static final int IPV4_IN_IP = 4;
    private static final int IPV6_IN_IP = 41;

    private Details() {}

    /**
     * The outer protocol: with inner addresses the one of their family.
     *
     * @throws Refusal EPROTOTYPE when the message says another one
     */
    static int protocol(SadbMessage message) throws Refusal {
        int said = protocolOf(message, ExtensionType.ADDRESS_DST);
        if (said == 0) {
            said = protocolOf(message, ExtensionType.ADDRESS_SRC);
        }
        Address inner = message.address(ADDRESS_PROXY);
        if (inner == null) {
            return said;
        }
        int needed = inner.address() instanceof Ipv4Address ? IPV4_IN_IP : IPV6_IN_IP;
        if (said != 0 && said != needed) {
            throw new Refusal(
                    Errno.EPROTOTYPE,
                    Diagnostic.INNER_AF_MISMATCH,
                    "ADDRESS_DST or ADDRESS_SRC: protocol "
                            + said
                            + ", the inner addresses need "
                            + needed);
        }
        return needed;
    }

    /** The details of a new SA. */
    static SaDetails of(SadbMessage message, int protocol) {
        Address innerSource = shown(message.address(ADDRESS_PROXY));
        Address innerDestination = shown(message.address(X_ADDRESS_INNER_DST));
        SaDetails details =
                new SaDetails(
                        protocol,
                        selectorPort(message, ADDRESS_PROXY, ExtensionType.ADDRESS_SRC),
                        selectorPort(message, X_ADDRESS_INNER_DST, ExtensionType.ADDRESS_DST),
                        innerSource,
                        innerDestination,
                        nat(message.address(X_ADDRESS_NATT_LOC)),
                        nat(message.address(X_ADDRESS_NATT_REM)),
                        0,
                        0,
                        0,
                        0,
                        0,
                        message.find(IDENTITY_SRC, Identity.class),
                        message.find(IDENTITY_DST, Identity.class),
                        null,
                        null,
                        Cookies.stored(message),
                        null);
        return details.equals(SaDetails.NONE) ? SaDetails.NONE : details;
    }

    /** The flags of a new SA: those asked for, and those that the kernel sets. */
    static SaFlags flags(SaFlags asked, SadbMessage message, int protocol, SaSecrets secrets) {
        SaFlags flags = asked.without(SaFlag.X_PAIRED);
        if (secrets.saltBits() != 0) {
            flags = flags.with(SaFlag.X_EALG1).with(SaFlag.X_EALG2);
        }
        boolean unique =
                protocol != 0
                        || protocolOf(message, ADDRESS_PROXY) != 0
                        || protocolOf(message, X_ADDRESS_INNER_DST) != 0
                        || selectorPort(message, ADDRESS_PROXY, ExtensionType.ADDRESS_SRC) != 0
                        || selectorPort(message, X_ADDRESS_INNER_DST, ExtensionType.ADDRESS_DST)
                                != 0;
        return unique ? flags.with(SaFlag.X_UNIQUE) : flags;
    }

    /** The port the SA is bound to: in tunnel mode the inner one. */
    private static int selectorPort(SadbMessage message, ExtensionType inner, ExtensionType outer) {
        Address address = message.address(inner);
        if (address == null) {
            address = message.address(outer);
        }
        return address == null ? 0 : address.port();
    }

    private static int protocolOf(SadbMessage message, ExtensionType type) {
        Address address = message.address(type);
        return address == null ? 0 : address.protocol();
    }

    private static @Nullable Address nat(@Nullable Address given) {
        return given == null
                ? null
                : new Address(
                        given.type(),
                        UDP,
                        0,
                        given.port() == 0
                                ? given.sockaddr().withPort(NAT_T_PORT)
                                : given.sockaddr());
    }

    private static @Nullable Address shown(@Nullable Address given) {
        return given == null
                ? null
                : new Address(
                        given.type(), given.protocol(), given.prefixLength(), given.sockaddr());
    }
}
