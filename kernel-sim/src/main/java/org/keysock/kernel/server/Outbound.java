package org.keysock.kernel.server;

import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.SadbMessage;

/**
 * What waits to be written to one receiver. Records are charged as Linux charges a socket's receive
 * buffer, so that news is dropped when a kernel would drop it: a default socket holds 167 messages
 * of 200 bytes. The buffer of the real socket comes on top (java-platform.md 1.5).
 *
 * <p>Replies are not dropped for that; who asks for more while they pile up is not read any further
 * ({@link #aboveHighWater}), or loses them if it waits for us ({@link Session#acknowledging}).
 */
final class Outbound {

    /** {@code net.core.rmem_default}. */
    static final int LIMIT = 212_992;

    private static final long HIGH_WATER = 4L * LIMIT;
    private static final long LOW_WATER = LIMIT;

    /** An sk_buff, and what is put behind the data in the allocation it points to. */
    private static final int RECORD_OVERHEAD = 256;

    private static final int DATA_OVERHEAD = 320;

    private final ArrayDeque<byte[]> records = new ArrayDeque<>();
    private long charge;
    private int written;
    private long dropped;
    private @Nullable Dump dump;

    /**
     * A dump under way.
     *
     * @param next the next message, null at the end
     * @param closed to be run once when it is over
     */
    private record Dump(Supplier<@Nullable SadbMessage> next, Runnable closed) {}

    /** What a record of that length costs. */
    static int charge(int length) {
        int allocation = Integer.highestOneBit(length + DATA_OVERHEAD - 1) << 1;
        return allocation + RECORD_OVERHEAD;
    }

    /** Queues a record that must arrive. */
    void add(byte[] record) {
        records.add(record);
        charge += charge(record.length);
    }

    /** Whether there is room for news. */
    boolean hasRoom() {
        return charge < LIMIT;
    }

    /** Counts a record for which there was no room. */
    void countDropped() {
        dropped++;
    }

    /** Records dropped so far. */
    long dropped() {
        return dropped;
    }

    /** Records waiting. */
    int size() {
        return records.size();
    }

    /** What the waiting records cost. */
    long charge() {
        return charge;
    }

    /** Whether no record waits; a dump may still have more. */
    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Whether anything is left to be written. */
    boolean unsent() {
        return !records.isEmpty() || dump != null;
    }

    boolean aboveHighWater() {
        return charge > HIGH_WATER;
    }

    boolean belowLowWater() {
        return charge <= LOW_WATER;
    }

    /** The record to be written next, or null. */
    byte @Nullable [] first() {
        return records.peek();
    }

    /** All waiting records, the next one first. */
    Iterable<byte[]> waiting() {
        return records;
    }

    /** Bytes of the first record that have been written already. */
    int written() {
        return written;
    }

    /** The first record has been written. */
    void removeFirst() {
        charge -= charge(records.remove().length);
        written = 0;
    }

    /** That many bytes more have been written, across records. */
    void advance(int bytes) {
        int left = bytes;
        byte[] first = records.peek();
        while (first != null && left >= first.length - written) {
            left -= first.length - written;
            removeFirst();
            first = records.peek();
        }
        written += left;
    }

    /** Begins a dump; one at a time. */
    void dump(Supplier<@Nullable SadbMessage> next, Runnable closed) {
        if (dump != null) {
            throw new IllegalStateException("a dump is under way");
        }
        dump = new Dump(next, closed);
    }

    /** The dump's next message; null when there is none or it is over. */
    @Nullable SadbMessage nextOfDump() {
        Dump running = dump;
        if (running == null) {
            return null;
        }
        SadbMessage message = running.next().get();
        if (message == null) {
            endDump();
        }
        return message;
    }

    private void endDump() {
        Dump running = dump;
        dump = null;
        if (running != null) {
            running.closed().run();
        }
    }

    /** The receiver is gone: everything is forgotten, a dump ends. */
    void discard() {
        records.clear();
        charge = 0;
        written = 0;
        endDump();
    }
}
