package org.keysock.kernel.sadb;

import org.jspecify.annotations.Nullable;

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
    private @Nullable ReplayWindow window;
    private int replayErrors;
    private int authenticationErrors;
    private int sizeErrors;
    private int paddingErrors;
    private long plainBytes;
    private long compressedBytes;

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

    /** What has been received, null while nothing was. */
    public @Nullable ReplayWindow window() {
        return window;
    }

    /** Sets what has been received. */
    public void window(ReplayWindow newWindow) {
        requireOwn();
        window = newWindow;
    }

    /** Packets refused by the replay check. */
    public int replayErrors() {
        return replayErrors;
    }

    /** Packets whose integrity check value was wrong. */
    public int authenticationErrors() {
        return authenticationErrors;
    }

    /** Packets whose ciphertext is not whole blocks. */
    public int sizeErrors() {
        return sizeErrors;
    }

    /** Packets whose padding was wrong after decryption. */
    public int paddingErrors() {
        return paddingErrors;
    }

    /** Bytes before compression, of IPCOMP. */
    public long plainBytes() {
        return plainBytes;
    }

    /** Bytes after compression, of IPCOMP. */
    public long compressedBytes() {
        return compressedBytes;
    }

    /** Counts one packet that the replay check refused. */
    public void replayed() {
        requireOwn();
        replayErrors++;
    }

    /** Counts one packet whose integrity check value was wrong. */
    public void forged() {
        requireOwn();
        authenticationErrors++;
    }

    /** Counts one packet whose ciphertext is not whole blocks. */
    public void misSized() {
        requireOwn();
        sizeErrors++;
    }

    /** Counts one packet whose padding was wrong. */
    public void misPadded() {
        requireOwn();
        paddingErrors++;
    }

    /** Counts what compression did to a payload. */
    public void compressed(int before, int after) {
        requireOwn();
        plainBytes += before;
        compressedBytes += after;
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
