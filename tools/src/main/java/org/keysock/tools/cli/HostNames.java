package org.keysock.tools.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.text.AddressText;

/** Names of hosts, both ways: from a hosts file when one is given, else from the resolver. */
public final class HostNames {

    /** A line of a hosts file. */
    private record Host(IpAddress address, List<String> names) {}

    /** Names the hosts file that is to be used instead of the machine's resolver. */
    private static final String PROPERTY = "pfkey.hosts";

    /** A dump to many hosts does not keep the names of all. */
    private static final int REMEMBERED = 1 << 14;

    private final @Nullable List<Host> hosts;

    /** Names by the text of their address, empty for none. */
    private final Map<String, String> remembered = new HashMap<>();

    private HostNames(@Nullable List<Host> hosts) {
        this.hosts = hosts;
    }

    /** The hosts file that names are to be taken from, or null: from the resolver. */
    public static @Nullable String file() {
        return System.getProperty(PROPERTY);
    }

    /**
     * The names of {@link #file}, else those of the machine's resolver.
     *
     * @throws IOException if the file cannot be read
     */
    public static HostNames configured() throws IOException {
        String file = file();
        return file == null ? new HostNames(null) : of(Path.of(file));
    }

    /** The names of a hosts file and no others. */
    private static HostNames of(Path file) throws IOException {
        List<Host> hosts = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            int sharp = line.indexOf('#');
            StringTokenizer words =
                    new StringTokenizer(sharp < 0 ? line : line.substring(0, sharp));
            IpAddress address = words.hasMoreTokens() ? AddressText.parse(words.nextToken()) : null;
            if (address != null) {
                List<String> names = new ArrayList<>();
                while (words.hasMoreTokens()) {
                    names.add(words.nextToken());
                }
                hosts.add(new Host(address, names));
            }
        }
        return new HostNames(hosts);
    }

    /** The addresses of a name in the order in which they are known; none when it is unknown. */
    public List<IpAddress> addresses(String name) {
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

    /** The name of an address, or null when it has none; each is asked for once. */
    public @Nullable String name(IpAddress address) {
        String text = address.toString();
        String name = remembered.get(text);
        if (name == null) {
            String found = hosts == null ? resolved(address) : listed(hosts, text);
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
}
