package org.keysock.kernel.sadb;

/**
 * What packets do to an SA: sequence number, replay window, counters and last use. One packet
 * worker owns it at a time and the engine's loop reads it (decisions.md 17), which is why it is an
 * object of its own; an SA that was never used shares {@link #UNUSED}.
 */
public final class SaUse {

    /** The use of an SA that was never used. Never written to. */
    public static final SaUse UNUSED = new SaUse();

    private long bytes;
    private long packets;
    private long firstUseWall;
    private long firstUseMillis;
    private long lastUseWall;
    private long lastUseMillis;
    private long sequence;

    /** Bytes processed, unsigned. */
    public long bytes() {
        return bytes;
    }

    /** Packets processed. */
    public long packets() {
        return packets;
    }

    /** Whether any packet has been processed. */
    public boolean used() {
        return packets != 0;
    }

    /** Seconds since 1970 of the first packet, 0 when there was none. */
    public long firstUse() {
        return firstUseWall;
    }

    /** Monotonic milliseconds of the first packet; of no meaning when there was none. */
    public long firstUseMillis() {
        return firstUseMillis;
    }

    /** Seconds since 1970 of the last packet, 0 when there was none. */
    public long lastUse() {
        return lastUseWall;
    }

    /** Monotonic milliseconds of the last packet; of no meaning when there was none. */
    public long lastUseMillis() {
        return lastUseMillis;
    }

    /** Last sequence number sent, or highest received. */
    public long sequence() {
        return sequence;
    }

    /** Sets the sequence number, as X_REPLAY_VALUE does. */
    public void sequence(long newSequence) {
        requireOwn();
        sequence = newSequence;
    }

    /** Charges packets that have been processed. */
    public void charge(long moreBytes, long morePackets, long wallSeconds, long millis) {
        requireOwn();
        if (packets == 0 && morePackets > 0) {
            firstUseWall = wallSeconds;
            firstUseMillis = millis;
        }
        bytes += moreBytes;
        packets += morePackets;
        lastUseWall = wallSeconds;
        lastUseMillis = millis;
    }

    private void requireOwn() {
        if (this == UNUSED) {
            throw new IllegalStateException("the shared empty use cannot be charged");
        }
    }
}
