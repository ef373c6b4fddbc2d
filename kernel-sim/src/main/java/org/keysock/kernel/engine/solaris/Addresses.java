package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.invalid;
import static org.keysock.kernel.engine.solaris.Checks.require;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_PROXY;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_INNER_DST;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_NATT_LOC;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_NATT_REM;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.Refusal;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/**
 * The addresses of one message, put into their normal form and checked in the order of solaris.md
 * section 3.4: v4-mapped addresses become IPv4 addresses in an extension of the old length, inner
 * addresses lose their host bits.
 */
final class Addresses {

    private static final int MAPPED_PREFIX = 96;
    private static final int MAPPED_SPARE_WORDS = 2;

    private final KernelSettings settings;
    private final @Nullable Address[] byType = new Address[ExtensionType.all().size()];

    private Addresses(KernelSettings settings) {
        this.settings = settings;
    }

    /**
     * The same message with its addresses in normal form.
     *
     * @throws Refusal EINVAL with the diagnostic of the first address that is wrong
     */
    static SadbMessage normalized(SadbMessage message, KernelSettings settings) throws Refusal {
        Addresses addresses = new Addresses(settings);
        addresses.read(message);
        addresses.check();
        return addresses.applied(message);
    }

    /** An address with v4-mapped turned into IPv4, its extension as long as before. */
    static Address unmapped(Address address) {
        if (!(address.sockaddr() instanceof Sockaddr.Inet6 inet6)) {
            return address;
        }
        Ipv4Address inner = inet6.address().unmapped();
        return inner == null
                ? address
                : new Address(
                        address.type(),
                        address.protocol(),
                        address.prefixLength(),
                        new Sockaddr.Inet4(inner, inet6.port()),
                        address.spareWords() + MAPPED_SPARE_WORDS);
    }

    private void read(SadbMessage message) {
        for (Extension extension : message.extensions()) {
            if (extension instanceof Address address) {
                put(address);
            }
        }
    }

    private SadbMessage applied(SadbMessage message) {
        List<Extension> extensions = new ArrayList<>(message.size());
        for (Extension extension : message.extensions()) {
            extensions.add(extension instanceof Address given ? orElse(given) : extension);
        }
        return SadbMessage.of(message.header(), extensions);
    }

    private @Nullable Address at(ExtensionType type) {
        return byType[type.ordinal()];
    }

    private boolean has(ExtensionType type) {
        return at(type) != null;
    }

    private void put(Address address) {
        byType[address.type().ordinal()] = address;
    }

    private Address orElse(Address given) {
        Address normal = at(given.type());
        return normal == null ? given : normal;
    }

    private void check() throws Refusal {
        IpAddress source = known(ADDRESS_SRC, Diagnostic.BAD_SRC_AF);
        require(
                source == null || !source.multicastOrBroadcast(),
                ADDRESS_SRC,
                Diagnostic.BAD_SRC,
                "multicast or broadcast");
        IpAddress destination = known(ADDRESS_DST, Diagnostic.BAD_DST_AF);
        require(
                destination == null || !destination.unspecified(),
                ADDRESS_DST,
                Diagnostic.BAD_DST,
                "unspecified");
        checkNat(
                X_ADDRESS_NATT_LOC,
                Diagnostic.BAD_NATT_LOC_AF,
                Diagnostic.MALFORMED_NATT_LOC,
                true);
        checkNat(
                X_ADDRESS_NATT_REM,
                Diagnostic.BAD_NATT_REM_AF,
                Diagnostic.MALFORMED_NATT_REM,
                has(ADDRESS_PROXY));
        checkInner();
        if (source != null && destination != null) {
            checkTogether(source, destination);
        }
    }

    /** Steps 1 and 2: the IP address of that extension, null when it is absent. */
    private @Nullable IpAddress known(ExtensionType type, Diagnostic badFamily) throws Refusal {
        Address given = at(type);
        if (given == null) {
            return null;
        }
        Address address = unmapped(given);
        put(address);
        IpAddress known = address.address();
        if (known == null) {
            throw invalid(type, badFamily, address.sockaddr().toString());
        }
        return known;
    }

    /** Steps 3 and 4. */
    private void checkNat(
            ExtensionType type,
            Diagnostic badFamily,
            Diagnostic malformed,
            boolean mayBeUnspecified)
            throws Refusal {
        IpAddress address = known(type, badFamily);
        if (address == null) {
            return;
        }
        require(!address.multicastOrBroadcast(), type, malformed, "multicast or broadcast");
        require(mayBeUnspecified || !address.unspecified(), type, malformed, "unspecified");
        require(
                !settings.mine(address) || isOuterWithPort(type, address),
                type,
                malformed,
                "an address of this host");
        require(address instanceof Ipv4Address, type, badFamily, "IPv6");
    }

    /** An own address that the manual page allows: solaris.md section 8, "nat_loc / nat_rem". */
    private boolean isOuterWithPort(ExtensionType type, IpAddress address) {
        Address given = at(type);
        return settings.is(SolarisSettings.NAT_OWN_ADDRESS, "port")
                && given != null
                && given.port() != 0
                && (isAt(ADDRESS_SRC, address) || isAt(ADDRESS_DST, address));
    }

    private boolean isAt(ExtensionType type, IpAddress address) {
        Address outer = at(type);
        return outer != null && address.equals(outer.address());
    }

    /** Step 5. */
    private void checkInner() throws Refusal {
        if (!has(ADDRESS_PROXY)) {
            require(!has(X_ADDRESS_INNER_DST), ADDRESS_PROXY, Diagnostic.MISSING_INNER_SRC);
            return;
        }
        require(has(X_ADDRESS_INNER_DST), X_ADDRESS_INNER_DST, Diagnostic.MISSING_INNER_DST);
        IpAddress destination =
                inner(
                        X_ADDRESS_INNER_DST,
                        Diagnostic.BAD_INNER_DST_AF,
                        Diagnostic.PREFIX_INNER_DST);
        IpAddress source =
                inner(ADDRESS_PROXY, Diagnostic.BAD_INNER_SRC_AF, Diagnostic.PREFIX_INNER_SRC);
        if (!source.sameFamily(destination)) {
            throw invalid(
                    ADDRESS_PROXY, Diagnostic.INNER_AF_MISMATCH, source + " and " + destination);
        }
    }

    private IpAddress inner(ExtensionType type, Diagnostic badFamily, Diagnostic badPrefix)
            throws Refusal {
        Address given = at(type);
        boolean wasIpv6 = given != null && given.address() instanceof Ipv6Address;
        IpAddress address = known(type, badFamily);
        Address found = at(type);
        if (address == null || found == null) {
            throw invalid(type, badFamily);
        }
        boolean mapped = wasIpv6 && address instanceof Ipv4Address;
        int prefix = found.prefixLength() - (mapped ? MAPPED_PREFIX : 0);
        if (prefix < 0 || prefix > address.bitLength()) {
            throw invalid(
                    type,
                    badPrefix,
                    found.prefixLength()
                            + ", not "
                            + (mapped ? MAPPED_PREFIX + " to 128" : "0 to " + address.bitLength()));
        }
        IpAddress masked = address.masked(prefix);
        put(
                new Address(
                        type,
                        found.protocol(),
                        prefix,
                        withAddress(found.sockaddr(), masked),
                        found.spareWords()));
        return masked;
    }

    /** Steps 7 to 10. */
    private void checkTogether(IpAddress source, IpAddress destination) throws Refusal {
        require(
                !(hasPort(ADDRESS_PROXY) || hasPort(X_ADDRESS_INNER_DST))
                        || !(hasPort(ADDRESS_SRC) || hasPort(ADDRESS_DST)),
                hasPort(ADDRESS_PROXY) ? ADDRESS_PROXY : X_ADDRESS_INNER_DST,
                Diagnostic.DUAL_PORT_SETS);
        if (source.sameFamily(destination)) {
            return;
        }
        fillProtocols();
        if (!source.unspecified() || !(destination instanceof Ipv4Address)) {
            throw invalid(ADDRESS_SRC, Diagnostic.AF_MISMATCH, source + " and " + destination);
        }
        Address given = at(ADDRESS_SRC);
        if (given != null) {
            put(
                    new Address(
                            ADDRESS_SRC,
                            given.protocol(),
                            given.prefixLength(),
                            new Sockaddr.Inet4(Ipv4Address.ANY, given.port()),
                            given.spareWords() + MAPPED_SPARE_WORDS));
        }
    }

    private void fillProtocols() throws Refusal {
        Address source = at(ADDRESS_SRC);
        Address destination = at(ADDRESS_DST);
        if (source == null || destination == null || source.protocol() == destination.protocol()) {
            return;
        }
        if (source.protocol() != 0 && destination.protocol() != 0) {
            throw invalid(
                    ADDRESS_SRC,
                    Diagnostic.PROTO_MISMATCH,
                    source.protocol() + " and " + destination.protocol());
        }
        int protocol = source.protocol() | destination.protocol();
        put(withProtocol(source, protocol));
        put(withProtocol(destination, protocol));
    }

    private boolean hasPort(ExtensionType type) {
        Address address = at(type);
        return address != null && address.port() != 0;
    }

    private static Address withProtocol(Address address, int protocol) {
        return new Address(
                address.type(),
                protocol,
                address.prefixLength(),
                address.sockaddr(),
                address.spareWords());
    }

    private static Sockaddr withAddress(Sockaddr old, IpAddress address) {
        return old instanceof Sockaddr.Inet6 inet6 && address instanceof Ipv6Address v6
                ? new Sockaddr.Inet6(v6, inet6.port(), inet6.flowInfo(), inet6.scopeId())
                : Sockaddr.of(address, old.port());
    }
}
