package org.keysock.kernel.transform;

/** How many packets had which fate. */
public final class FateCounts {

    private static final Fate[] FATES = Fate.values();

    private final long[] counts = new long[FATES.length];

    /** Counts one packet. */
    Fate count(Fate fate) {
        counts[fate.ordinal()]++;
        return fate;
    }

    /** How many there were. */
    public long of(Fate fate) {
        return counts[fate.ordinal()];
    }

    /** How many were dropped, for whatever reason. */
    public long dropped() {
        long dropped = 0;
        for (Fate fate : FATES) {
            dropped += fate.dropped() ? of(fate) : 0;
        }
        return dropped;
    }
}
