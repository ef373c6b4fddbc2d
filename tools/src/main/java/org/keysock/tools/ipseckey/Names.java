package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.text.AddressText;
import org.keysock.tools.cli.HostNames;
import org.keysock.tools.cli.IpProtocols;

/**
 * Names of hosts and protocols, both ways: from a hosts file when one is given, else from the
 * machine's resolver; with {@code -n} there are no names at all.
 */
final class Names {

    private final @Nullable HostNames hosts;

    /**
     * The names of those hosts.
     *
     * @param hosts null: no names, {@code -n}
     */
    Names(@Nullable HostNames hosts) {
        this.hosts = hosts;
    }

    /** Whether names are not to be used. */
    boolean numeric() {
        return hosts == null;
    }

    /**
     * The addresses of a literal or name, IPv6 first; none when it is unknown. An IPv4 address
     * written as a mapped IPv6 one is an IPv4 address.
     *
     * @param only6 leaves IPv4 addresses out; not with {@code -n}, where it is passed over
     */
    List<IpAddress> addresses(String word, boolean only6) {
        IpAddress literal = AddressText.parse(word);
        if (literal instanceof Ipv6Address v6) {
            Ipv4Address inner = v6.unmapped();
            literal = inner == null || (only6 && !numeric()) ? v6 : inner;
        }
        if (literal != null) {
            boolean left = only6 && !numeric() && literal instanceof Ipv4Address;
            return left ? List.of() : List.of(literal);
        }
        if (hosts == null || word.isEmpty()) {
            return List.of();
        }
        List<IpAddress> all = hosts.addresses(word);
        List<IpAddress> found = new ArrayList<>();
        for (IpAddress address : all) {
            if (address instanceof Ipv6Address) {
                found.add(address);
            }
        }
        for (IpAddress address : all) {
            if (address instanceof Ipv4Address && !only6) {
                found.add(address);
            }
        }
        return found;
    }

    /** The name of an address, or null when it has none. */
    @Nullable String name(IpAddress address) {
        IpAddress wanted = address;
        if (address instanceof Ipv6Address v6) {
            Ipv4Address inner = v6.unmapped();
            wanted = inner == null ? v6 : inner;
        }
        return hosts == null ? null : hosts.name(wanted);
    }

    /**
     * The name of an IP protocol, or null: the registered one but for IP in IP, as Solaris'
     * database has it.
     */
    static @Nullable String protocol(int number) {
        return number == IpProtocols.IP4 ? "ipip" : IpProtocols.name(number);
    }
}
