package org.keysock.kernel.sadb;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SaType;

/** Finds an SA by protocol, destination and SPI. */
final class IdentityIndex {

    private final Buckets buckets = new Buckets();
    private int size;

    /** The SA of that identity, or null. */
    @Nullable SecurityAssociation find(SaType protocol, IpAddress destination, int spi) {
        int hash = hash(protocol, destination, spi);
        SecurityAssociation sa = buckets.head(buckets.indexOf(hash));
        while (sa != null && !(sa.hash == hash && is(sa, protocol, destination, spi))) {
            sa = sa.chained;
        }
        return sa;
    }

    /** The same for a destination as plain numbers. */
    @Nullable SecurityAssociation find(SaType protocol, boolean six, long high, long low, int spi) {
        int hash = hash(protocol, Buckets.bits(six, high, low), spi);
        SecurityAssociation sa = buckets.head(buckets.indexOf(hash));
        while (sa != null
                && !(sa.hash == hash
                        && sa.spiBits() == spi
                        && sa.protocol() == protocol
                        && is(sa.destination(), six, high, low))) {
            sa = sa.chained;
        }
        return sa;
    }

    private static boolean is(IpAddress address, boolean six, long high, long low) {
        return address instanceof Ipv6Address of
                ? six && of.high() == high && of.low() == low
                : !six && ((Ipv4Address) address).bits() == (int) low;
    }

    /** Adds an SA whose identity is free. */
    void add(SecurityAssociation sa) {
        if (size >= buckets.count()) {
            split();
        }
        sa.hash = hash(sa.protocol(), sa.destination(), sa.spiBits());
        push(sa);
        size++;
    }

    /** Takes out an SA that is in here. */
    void remove(SecurityAssociation sa) {
        int index = buckets.indexOf(sa.hash);
        SecurityAssociation before = null;
        SecurityAssociation at = buckets.head(index);
        while (at != null && at != sa) {
            before = at;
            at = at.chained;
        }
        if (before == null) {
            buckets.head(index, sa.chained);
        } else {
            before.chained = sa.chained;
        }
        sa.chained = null;
        size--;
    }

    private void push(SecurityAssociation sa) {
        int index = buckets.indexOf(sa.hash);
        sa.chained = buckets.head(index);
        buckets.head(index, sa);
    }

    private void split() {
        int index = buckets.grow();
        SecurityAssociation sa = buckets.head(index);
        buckets.head(index, null);
        while (sa != null) {
            SecurityAssociation next = sa.chained;
            push(sa);
            sa = next;
        }
    }

    private static boolean is(
            SecurityAssociation sa, SaType protocol, IpAddress destination, int spi) {
        return sa.spiBits() == spi
                && sa.protocol() == protocol
                && sa.destination().equals(destination);
    }

    private static int hash(SaType protocol, IpAddress destination, int spi) {
        return hash(protocol, Buckets.bits(destination), spi);
    }

    private static int hash(SaType protocol, long destination, int spi) {
        long rest = (long) spi << 4 ^ protocol.ordinal();
        return Buckets.mix(destination * 0x9e3779b97f4a7c15L + rest * 0xc2b2ae3d27d4eb4fL);
    }
}
