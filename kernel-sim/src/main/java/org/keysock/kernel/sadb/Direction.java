package org.keysock.kernel.sadb;

/** Which way the packets of an SA go, seen from this host; Solaris keeps a table for each way. */
public enum Direction {
    /** Protects packets that leave. */
    OUTBOUND,
    /** Checks packets that arrive. */
    INBOUND,
    /** Both: multicast, loopback, or a host that forwards for others. Solaris says "clone". */
    BOTH;

    /** Whether an SA of this direction stands in the outbound table. */
    public boolean outbound() {
        return this != INBOUND;
    }

    /** Whether an SA of this direction stands in the inbound table. */
    public boolean inbound() {
        return this != OUTBOUND;
    }
}
