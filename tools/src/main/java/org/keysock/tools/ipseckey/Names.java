package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.text.AddressText;

/**
 * Names of hosts and protocols, both ways: from a hosts file when one is given, else from the
 * machine's resolver; with {@code -n} there are no names at all.
 */
final class Names {

    /** A line of a hosts file. */
    private record Host(IpAddress address, List<String> names) {}

    private static final String[] PROTOCOLS = protocols();

    /** A dump to many hosts does not keep the names of all. */
    private static final int REMEMBERED = 1 << 14;

    private final boolean numeric;
    private final @Nullable List<Host> hosts;

    /** Names by the text of their address, empty for none. */
    private final Map<String, String> remembered = new HashMap<>();

    private Names(boolean numeric, @Nullable List<Host> hosts) {
        this.numeric = numeric;
        this.hosts = hosts;
    }

    /** No names: {@code -n}. */
    static Names none() {
        return new Names(true, null);
    }

    /** The machine's resolver. */
    static Names resolver() {
        return new Names(false, null);
    }

    /** The names of a hosts file and no others. */
    static Names of(Path file) throws IOException {
        List<Host> hosts = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            int sharp = line.indexOf('#');
            List<String> words = Words.of(sharp < 0 ? line : line.substring(0, sharp));
            IpAddress address = words.isEmpty() ? null : AddressText.parse(words.get(0));
            if (address != null) {
                hosts.add(new Host(address, words.subList(1, words.size())));
            }
        }
        return new Names(false, hosts);
    }

    /** Whether names are not to be used. */
    boolean numeric() {
        return numeric;
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
            literal = inner == null || (only6 && !numeric) ? v6 : inner;
        }
        if (literal != null) {
            boolean left = only6 && !numeric && literal instanceof Ipv4Address;
            return left ? List.of() : List.of(literal);
        }
        if (numeric || word.isEmpty()) {
            return List.of();
        }
        List<IpAddress> all = lookedUp(word);
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

    private List<IpAddress> lookedUp(String name) {
        List<IpAddress> found = new ArrayList<>();
        if (hosts != null) {
            for (Host host : hosts) {
                for (String own : host.names()) {
                    if (own.equalsIgnoreCase(name) && !found.contains(host.address())) {
                        found.add(host.address());
                    }
                }
            }
            return found;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(name)) {
                found.add(IpAddress.ofBytes(address.getAddress()));
            }
        } catch (UnknownHostException e) {
            return List.of();
        }
        return found;
    }

    /** The name of an address, or null when it has none; the resolver is asked once for each. */
    @Nullable String name(IpAddress address) {
        IpAddress wanted = address;
        if (address instanceof Ipv6Address v6) {
            Ipv4Address inner = v6.unmapped();
            wanted = inner == null ? v6 : inner;
        }
        String text = wanted.toString();
        String name = remembered.get(text);
        if (name == null) {
            String found = hosts == null ? resolved(wanted) : listed(hosts, text);
            name = found == null ? "" : found;
            if (remembered.size() >= REMEMBERED) {
                remembered.clear();
            }
            remembered.put(text, name);
        }
        return name.isEmpty() ? null : name;
    }

    private static @Nullable String listed(List<Host> hosts, String address) {
        for (Host host : hosts) {
            if (host.address().toString().equals(address) && !host.names().isEmpty()) {
                return host.names().get(0);
            }
        }
        return null;
    }

    private static @Nullable String resolved(IpAddress address) {
        try {
            InetAddress inet = InetAddress.getByAddress(address.toBytes());
            String name = inet.getHostName();
            return name.equals(inet.getHostAddress()) ? null : name;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The name of an IP protocol, or null. */
    static @Nullable String protocol(int number) {
        String name = number < PROTOCOLS.length ? PROTOCOLS[number] : "";
        return name.isEmpty() ? null : name;
    }

    /** The protocols that Solaris' database names. */
    private static String[] protocols() {
        String[] names = new String[133];
        Arrays.fill(names, "");
        names[1] = "icmp";
        names[2] = "igmp";
        names[4] = "ipip";
        names[6] = "tcp";
        names[17] = "udp";
        names[41] = "ipv6";
        names[43] = "ipv6-route";
        names[50] = "esp";
        names[51] = "ah";
        names[58] = "ipv6-icmp";
        names[89] = "ospf";
        names[132] = "sctp";
        return names;
    }
}
