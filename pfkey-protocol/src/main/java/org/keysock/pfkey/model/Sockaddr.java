package org.keysock.pfkey.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A socket address as it stands in address extensions: RFC 2367 section 2.3.3. */
public sealed interface Sockaddr permits Sockaddr.Inet4, Sockaddr.Inet6, Sockaddr.Other {

    /** A {@code sockaddr_in}. */
    record Inet4(Ipv4Address address, int port) implements Sockaddr {
        public Inet4 {
            checkPort(port);
        }

        @Override
        public Inet4 withPort(int newPort) {
            return new Inet4(address, newPort);
        }
    }

    /** A {@code sockaddr_in6}; flow information as a number, scope id as an interface index. */
    record Inet6(Ipv6Address address, int port, int flowInfo, int scopeId) implements Sockaddr {
        public Inet6 {
            checkPort(port);
        }

        @Override
        public Inet6 withPort(int newPort) {
            return new Inet6(address, newPort, flowInfo, scopeId);
        }
    }

    /** An address of a family that the dialect does not know: the bytes behind the family. */
    record Other(int family, byte[] data) implements Sockaddr {
        public Other {
            data = data.clone();
        }

        @Override
        public byte[] data() {
            return data.clone();
        }

        @Override
        public @Nullable IpAddress address() {
            return null;
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public Other withPort(int newPort) {
            return this;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Other o && o.family == family && Arrays.equals(o.data, data);
        }

        @Override
        public int hashCode() {
            return 31 * family + Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "family " + family;
        }
    }

    /** The IP address, or null when the family is neither IPv4 nor IPv6. */
    @Nullable IpAddress address();

    /** The port, 0 to 65535; 0 means any. */
    int port();

    /** The same address with another port. */
    Sockaddr withPort(int newPort);

    /** The socket address of an IP address, without flow information and scope. */
    static Sockaddr of(IpAddress address, int port) {
        return address instanceof Ipv4Address v4
                ? new Inet4(v4, port)
                : new Inet6((Ipv6Address) address, port, 0, 0);
    }

    private static void checkPort(int port) {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
    }
}
