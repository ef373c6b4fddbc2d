package org.keysock.pfkey.wire;

import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.Sockaddr;

/**
 * How a system writes socket addresses that have no length byte: rfc2367-linux-kame.md section 5.
 *
 * @param inet6Family its AF_INET6
 * @param inet6Bytes size of its {@code sockaddr_in6}
 */
record SockaddrForm(int inet6Family, int inet6Bytes) {

    /** AF_INET, the same everywhere. */
    static final int INET = 2;

    /** Bytes of a {@code sockaddr_in}. */
    static final int INET_BYTES = 16;

    /** Linux: AF_INET6 is 10. */
    static final SockaddrForm LINUX = new SockaddrForm(10, 28);

    /** Solaris: AF_INET6 is 26 and four private bytes end the structure. */
    static final SockaddrForm SOLARIS = new SockaddrForm(26, 32);

    /** Bytes of an address of that family, or 0 for another family. */
    int bytes(int family) {
        return family == INET ? INET_BYTES : family == inet6Family ? inet6Bytes : 0;
    }

    /** The address at the cursor; one of another family takes all that is left. */
    Sockaddr read(Cursor body) {
        int family = body.u16();
        if (family == INET) {
            int port = body.u16be();
            Ipv4Address address = new Ipv4Address(body.u32be());
            body.reserved(8);
            return new Sockaddr.Inet4(address, port);
        }
        if (family == inet6Family) {
            int port = body.u16be();
            int flowInfo = body.u32be();
            Ipv6Address address = new Ipv6Address(body.u64be(), body.u64be());
            int scopeId = body.u32();
            body.reserved(inet6Bytes - 28);
            return new Sockaddr.Inet6(address, port, flowInfo, scopeId);
        }
        return new Sockaddr.Other(family, body.copy(body.remaining()));
    }

    void write(Sockaddr sockaddr, Sink body) {
        if (sockaddr instanceof Sockaddr.Inet4 v4) {
            body.u16(INET);
            body.u16be(v4.port());
            body.u32be(v4.address().bits());
            body.reserved(8);
        } else if (sockaddr instanceof Sockaddr.Inet6 v6) {
            body.u16(inet6Family);
            body.u16be(v6.port());
            body.u32be(v6.flowInfo());
            body.u64be(v6.address().high());
            body.u64be(v6.address().low());
            body.u32(v6.scopeId());
            body.reserved(inet6Bytes - 28);
        } else if (sockaddr instanceof Sockaddr.Other other) {
            body.u16(other.family());
            body.copy(other.data());
        }
    }
}
