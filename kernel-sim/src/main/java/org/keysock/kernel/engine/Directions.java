package org.keysock.kernel.engine;

import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.IpAddress;

/** Which way an SA's packets go, for kernels that are not told: by the host's own addresses. */
public final class Directions {

    private Directions() {}

    /** Outbound from an own address, inbound to one; both for all else, multicast included. */
    public static Direction between(
            KernelSettings settings, IpAddress source, IpAddress destination) {
        boolean leaves = settings.mine(source);
        boolean arrives = settings.mine(destination);
        if (leaves == arrives || destination.multicastOrBroadcast()) {
            return Direction.BOTH;
        }
        return leaves ? Direction.OUTBOUND : Direction.INBOUND;
    }

    /** Whether one SA is outbound and the other inbound, between the same ends. */
    public static boolean opposite(SecurityAssociation one, SecurityAssociation other) {
        return one.direction() != other.direction()
                && one.direction() != Direction.BOTH
                && other.direction() != Direction.BOTH
                && reaches(one.source(), other.destination())
                && reaches(other.source(), one.destination());
    }

    private static boolean reaches(IpAddress source, IpAddress destination) {
        return source.unspecified() || source.equals(destination);
    }
}
