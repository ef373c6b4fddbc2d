package org.keysock.kernel.sadb;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;

/**
 * When the limits of an SA are reached, RFC 2367 section 2.3.2, in no dialect's way: what follows
 * then, and whether packets are counted before or after the test, is for the rules of its home. A
 * limit of 0 is none; times run on the monotonic clock and are reached at their very millisecond.
 */
public final class Limits {

    /** The moment of a limit that is never reached. */
    public static final long NEVER = Long.MAX_VALUE;

    private Limits() {}

    /** When the hard time limits are reached; {@link #NEVER} if they are not. */
    public static long hardMillis(SecurityAssociation sa) {
        return timeMillis(sa, sa.hard());
    }

    /** When the soft time limits are reached; {@link #NEVER} if they are not. */
    public static long softMillis(SecurityAssociation sa) {
        return timeMillis(sa, sa.soft());
    }

    /**
     * When the idle limit is reached: the smaller of its two periods that is not 0, counted from
     * the last use, or from {@code sinceMillis} if that is later (solaris.md 3.15).
     *
     * @param sinceMillis when the SA was added, or its idle clock restarted
     */
    public static long idleMillis(SecurityAssociation sa, long sinceMillis) {
        Lifetime idle = sa.idle();
        if (idle == null) {
            return NEVER;
        }
        long last = sa.use().used() ? sa.use().lastUseMillis() : sinceMillis;
        long from = Math.max(last, sinceMillis);
        return Math.min(idle.addTimeAfter(from), idle.useTimeAfter(from));
    }

    /** When a time limit must next be looked at: hard, or soft of an SA that is not dying yet. */
    public static long nextMillis(SecurityAssociation sa) {
        long hard = hardMillis(sa);
        return young(sa) ? Math.min(hard, softMillis(sa)) : hard;
    }

    /**
     * Which time limit is reached: LIFETIME_HARD before LIFETIME_SOFT, that one only for an SA that
     * is not dying yet; null for none.
     */
    public static @Nullable ExtensionType reachedByTime(SecurityAssociation sa, long nowMillis) {
        if (hardMillis(sa) <= nowMillis) {
            return ExtensionType.LIFETIME_HARD;
        }
        return young(sa) && softMillis(sa) <= nowMillis ? ExtensionType.LIFETIME_SOFT : null;
    }

    /**
     * Which byte or packet limit these totals reach: LIFETIME_HARD before LIFETIME_SOFT, that one
     * only for an SA that is not dying yet; null for none. Linux asks with the totals before it
     * counts a packet, Solaris with those after, and with 0 packets because it never expires them.
     *
     * @param bytes unsigned
     */
    public static @Nullable ExtensionType reachedByUse(
            SecurityAssociation sa, long bytes, long packets) {
        if (counted(sa.hard(), bytes, packets)) {
            return ExtensionType.LIFETIME_HARD;
        }
        return young(sa) && counted(sa.soft(), bytes, packets) ? ExtensionType.LIFETIME_SOFT : null;
    }

    /**
     * Totals of bytes below which {@link #reachedByUse} finds no limit reached, whether they are
     * taken before a packet is counted or after; unsigned.
     */
    public static long carefreeBytes(SecurityAssociation sa) {
        long hard = bytes(sa.hard());
        long soft = young(sa) ? bytes(sa.soft()) : -1L;
        return Long.compareUnsigned(hard, soft) < 0 ? hard : soft;
    }

    /** The same of packets. */
    public static long carefreePackets(SecurityAssociation sa) {
        return Math.min(packets(sa.hard()), young(sa) ? packets(sa.soft()) : NEVER);
    }

    private static long bytes(@Nullable Lifetime limit) {
        return limit == null || limit.bytes() == 0 ? -1L : limit.bytes();
    }

    /** RFC 2367 counts packets as allocations, KLIPS by themselves. */
    private static long packets(@Nullable Lifetime limit) {
        return limit == null
                ? NEVER
                : Math.min(orNever(limit.allocations()), orNever(limit.packets()));
    }

    private static long orNever(int limit) {
        return limit == 0 ? NEVER : Integer.toUnsignedLong(limit);
    }

    private static boolean young(SecurityAssociation sa) {
        return sa.state() != SaState.DYING && sa.state() != SaState.DEAD;
    }

    private static boolean counted(@Nullable Lifetime limit, long bytes, long packets) {
        if (limit == null) {
            return false;
        }
        boolean allBytes = limit.bytes() != 0 && Long.compareUnsigned(bytes, limit.bytes()) >= 0;
        boolean allPackets =
                limit.allocations() != 0 && packets >= Integer.toUnsignedLong(limit.allocations());
        return allBytes || allPackets;
    }

    private static long timeMillis(SecurityAssociation sa, @Nullable Lifetime limit) {
        if (limit == null) {
            return NEVER;
        }
        long added = limit.addTimeAfter(sa.addedMillis());
        SaUse use = sa.use();
        return use.used() ? Math.min(added, limit.useTimeAfter(use.firstUseMillis())) : added;
    }
}
