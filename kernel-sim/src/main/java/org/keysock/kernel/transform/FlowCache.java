package org.keysock.kernel.transform;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.spd.PolicyDirection;

/**
 * Paths of flows that were seen lately. An answer holds while the databases have the generations
 * with which it is stamped; nothing needs to be told when they change. Of fixed size: a flow has a
 * few slots to stand in, near one another, and when all are taken it drives out another. Looking up
 * allocates nothing.
 */
final class FlowCache {

    /** Slots that a flow can stand in. */
    private static final int WAYS = 4;

    // The numbers of a slot: source, destination, the rest of the flow, stamps. A cache line.
    private static final int WORDS = 8;
    private static final int SOURCE = 0;
    private static final int DESTINATION = 2;
    private static final int REST = 4;
    private static final int SPD = 5;
    private static final int SADB = 6;

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final long[] words;
    private final @Nullable FlowPath[] paths;
    private final int lastSlot;
    private int victim;

    /**
     * An empty cache.
     *
     * @param flows how many it holds at least
     */
    FlowCache(int flows) {
        if (flows < 1 || flows > 1 << 24) {
            throw new IllegalArgumentException("a flow cache holds 1 to 2^24 flows");
        }
        int slots = Math.max(WAYS, Integer.highestOneBit(2 * flows - 1));
        words = new long[slots * WORDS];
        paths = new FlowPath[slots];
        lastSlot = slots - 1;
    }

    /** The path put in for that flow under the same generations, or null. */
    @Nullable FlowPath find(
            FlowKey flow, PolicyDirection direction, long spdGeneration, long sadbGeneration) {
        int slot = slot(flow, direction);
        if (slot < 0
                || words[slot * WORDS + SPD] != spdGeneration
                || words[slot * WORDS + SADB] != sadbGeneration) {
            return null;
        }
        return paths[slot];
    }

    /** Remembers a path. */
    void put(
            FlowKey flow,
            PolicyDirection direction,
            long spdGeneration,
            long sadbGeneration,
            FlowPath path) {
        int slot = slot(flow, direction);
        if (slot < 0) {
            slot = free(flow, direction, spdGeneration, sadbGeneration);
        }
        int base = slot * WORDS;
        words[base + SOURCE] = flow.sourceHigh;
        words[base + SOURCE + 1] = flow.sourceLow;
        words[base + DESTINATION] = flow.destinationHigh;
        words[base + DESTINATION + 1] = flow.destinationLow;
        words[base + REST] = rest(flow, direction);
        words[base + SPD] = spdGeneration;
        words[base + SADB] = sadbGeneration;
        paths[slot] = path;
    }

    /** The slot in which a flow stands, negative when it is not in here. */
    private int slot(FlowKey flow, PolicyDirection direction) {
        long rest = rest(flow, direction);
        int first = first(flow, rest);
        for (int way = 0; way < WAYS; way++) {
            int slot = first ^ way;
            int base = slot * WORDS;
            if (words[base + REST] == rest
                    && words[base + DESTINATION] == flow.destinationHigh
                    && words[base + SOURCE] == flow.sourceHigh
                    && words[base + DESTINATION + 1] == flow.destinationLow
                    && words[base + SOURCE + 1] == flow.sourceLow
                    && paths[slot] != null) {
                return slot;
            }
        }
        return -1;
    }

    /** A slot for a new flow: an empty one, or one whose answer holds no more, or any in turn. */
    private int free(
            FlowKey flow, PolicyDirection direction, long spdGeneration, long sadbGeneration) {
        int first = first(flow, rest(flow, direction));
        for (int way = 0; way < WAYS; way++) {
            int slot = first ^ way;
            if (paths[slot] == null
                    || words[slot * WORDS + SPD] != spdGeneration
                    || words[slot * WORDS + SADB] != sadbGeneration) {
                return slot;
            }
        }
        victim = (victim + 1) % WAYS;
        return first ^ victim;
    }

    private int first(FlowKey flow, long rest) {
        long mixed = flow.sourceHigh * SPREAD + flow.sourceLow;
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD + flow.destinationHigh;
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD + flow.destinationLow;
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD + rest;
        mixed = (mixed ^ (mixed >>> 32)) * SPREAD;
        return (int) (mixed >>> 32) & lastSlot;
    }

    /** Protocol, ports, direction and family. */
    private static long rest(FlowKey flow, PolicyDirection direction) {
        return (flow.six ? 0 : 1L << 56)
                | ((long) direction.ordinal() << 48)
                | ((long) (flow.protocol & 0xffff) << 32)
                | ((long) (flow.sourcePort & 0xffff) << 16)
                | (flow.destinationPort & 0xffff);
    }
}
