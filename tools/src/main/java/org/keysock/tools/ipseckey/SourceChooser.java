package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;

/**
 * Finds the source address that goes with a destination when names have several: solaris.md 4.11.
 */
final class SourceChooser {

    /** Kinds of IPv6 addresses that do not mix in one SA. */
    private enum Scope {
        UNSPECIFIED,
        LOOPBACK,
        COMPATIBLE,
        LINK_LOCAL,
        SITE_LOCAL,
        GLOBAL
    }

    private final boolean numeric;
    private final Complaints complaints;

    SourceChooser(boolean numeric, Complaints complaints) {
        this.numeric = numeric;
        this.complaints = complaints;
    }

    /**
     * The source for a destination; null for none in particular.
     *
     * @param alone whether it is the only destination of the command
     * @throws Complaints.Abandoned if no source fits
     */
    @Nullable IpAddress choose(Draft.@Nullable Place source, IpAddress destination, boolean alone)
            throws Complaints.Abandoned {
        if (source == null) {
            return null;
        }
        if (numeric) {
            return source.addresses().get(0);
        }
        boolean v4 = destination instanceof Ipv4Address;
        List<IpAddress> fitting = new ArrayList<>();
        for (IpAddress candidate : source.addresses()) {
            if (candidate.sameFamily(destination) && (v4 || sameScope(candidate, destination))) {
                fitting.add(candidate);
            }
        }
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.isEmpty()) {
            complaints.collect(
                    v4
                            ? "No IPv4 source address for name " + source.word() + ".\n"
                            : "No IPv6 source address of matching scope for name "
                                    + source.word()
                                    + ".\n");
            String none =
                    v4
                            ? "No match for destination IP address.\n"
                            : "No match for IPV6 destination address.\n";
            throw complaints.abandon(alone ? none : "");
        }
        complaints.warn(
                v4
                        ? "Multiple IPv4 source addresses for "
                                + source.word()
                                + ", using unspecified source instead."
                        : "Multiple IPv6 source addresses for "
                                + source.word()
                                + " of the same scope, using unspecified source instead.\n");
        return null;
    }

    private static boolean sameScope(IpAddress source, IpAddress destination) {
        Scope own = scope((Ipv6Address) source);
        return own == Scope.UNSPECIFIED || own == scope((Ipv6Address) destination);
    }

    private static Scope scope(Ipv6Address address) {
        if (address.unspecified()) {
            return Scope.UNSPECIFIED;
        }
        if (address.high() == 0) {
            return address.low() == 1
                    ? Scope.LOOPBACK
                    : address.low() >>> 32 == 0 ? Scope.COMPATIBLE : Scope.GLOBAL;
        }
        int first = (int) (address.high() >>> 54);
        return first == 0xfe80 >> 6
                ? Scope.LINK_LOCAL
                : first == 0xfec0 >> 6 ? Scope.SITE_LOCAL : Scope.GLOBAL;
    }
}
