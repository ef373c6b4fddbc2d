package org.keysock.kernel.spd;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.KameExtension.SecurityContext;
import org.keysock.pfkey.model.Said;

/**
 * A policy: which packets, and what happens to them. RFC 4301 section 4.4.1. It never changes but
 * for its use; an update puts another policy into its place.
 */
public final class Policy {

    private final DialectName home;
    private final int id;
    private final PolicyDirection direction;
    private final Selector selector;
    private final Action action;
    private final int priority;
    private final List<Template> templates;
    private final @Nullable Lifetime hard;
    private final @Nullable Lifetime soft;
    private final @Nullable SecurityContext securityContext;
    private final @Nullable Eroute eroute;
    private final long addedWall;
    private final long addedMillis;

    private long firstUseWall;
    private long lastUseWall;
    private long lastUseMillis;
    private long packets;

    // Place in the database; serial is 0 while none holds this policy, rank decides between equals.
    long serial;
    long rank;
    long dueMillis = Long.MAX_VALUE;
    @Nullable Policy older;
    @Nullable Policy newer;

    /** A policy that is no eroute and that no database holds yet. */
    public Policy(
            DialectName home,
            int id,
            PolicyDirection direction,
            Selector selector,
            Action action,
            int priority,
            List<Template> templates,
            @Nullable Lifetime hard,
            @Nullable Lifetime soft,
            @Nullable SecurityContext securityContext,
            long addedWall,
            long addedMillis) {
        this(
                home,
                id,
                direction,
                selector,
                action,
                priority,
                templates,
                hard,
                soft,
                securityContext,
                null,
                addedWall,
                addedMillis);
    }

    /**
     * A policy that no database holds yet.
     *
     * @param home dialect of the socket that made it
     * @param id as {@link Spd#nextId} gives it, or that of the policy whose place it takes
     * @param priority unsigned; the lower value is asked first
     * @param templates innermost first; empty unless the action is IPSEC, and of an eroute
     * @param addedWall seconds since 1970
     * @param addedMillis the same moment on the monotonic clock
     */
    public Policy(
            DialectName home,
            int id,
            PolicyDirection direction,
            Selector selector,
            Action action,
            int priority,
            List<Template> templates,
            @Nullable Lifetime hard,
            @Nullable Lifetime soft,
            @Nullable SecurityContext securityContext,
            @Nullable Eroute eroute,
            long addedWall,
            long addedMillis) {
        this.home = home;
        this.id = id;
        this.direction = direction;
        this.selector = selector;
        this.action = action;
        this.priority = priority;
        this.templates = List.copyOf(templates);
        this.hard = hard;
        this.soft = soft;
        this.securityContext = securityContext;
        this.eroute = eroute;
        this.addedWall = addedWall;
        this.addedMillis = addedMillis;
    }

    /** The dialect of the socket that made it. */
    public DialectName home() {
        return home;
    }

    /** The number by which messages name it. */
    public int id() {
        return id;
    }

    /** Which packets it judges. */
    public PolicyDirection direction() {
        return direction;
    }

    /** Which packets it is about. */
    public Selector selector() {
        return selector;
    }

    /** What happens to them. */
    public Action action() {
        return action;
    }

    /** Unsigned; the lower value is asked first. */
    public int priority() {
        return priority;
    }

    /** The SAs it asks for, innermost first. */
    public List<Template> templates() {
        return templates;
    }

    /** When it ends, null for never. */
    public @Nullable Lifetime hard() {
        return hard;
    }

    /** When it should be renewed, null for never. */
    public @Nullable Lifetime soft() {
        return soft;
    }

    /** Label of a security module, or null. */
    public @Nullable SecurityContext securityContext() {
        return securityContext;
    }

    /** What makes it an eroute, null when it is none. */
    public @Nullable Eroute eroute() {
        return eroute;
    }

    /** Where an eroute sends its packets, null when it is none. */
    public @Nullable Said target() {
        return eroute == null ? null : eroute.target();
    }

    /** When it was made, seconds since 1970. */
    public long addedWall() {
        return addedWall;
    }

    /** When it was made, monotonic milliseconds. */
    public long addedMillis() {
        return addedMillis;
    }

    /** A packet has been judged by this policy. */
    public void used(long wallSeconds, long millis) {
        packets++;
        if (firstUseWall == 0) {
            firstUseWall = wallSeconds;
        }
        lastUseWall = wallSeconds;
        lastUseMillis = millis;
    }

    /** How many packets it has judged. */
    public long packets() {
        return packets;
    }

    /** When it first judged a packet, seconds since 1970; 0 for never. */
    public long firstUse() {
        return firstUseWall;
    }

    /** When it last judged a packet, seconds since 1970; 0 for never. */
    public long lastUse() {
        return lastUseWall;
    }

    /**
     * When its hard limit is reached, as things stand: ADDTIME counts from its making, USETIME from
     * its last use, or from its making while there was none. Long.MAX_VALUE for never.
     */
    public long hardMillis() {
        return hard == null
                ? Long.MAX_VALUE
                : Math.min(
                        hard.addTimeAfter(addedMillis),
                        hard.useTimeAfter(lastUseWall == 0 ? addedMillis : lastUseMillis));
    }

    /** Whether packets that fit both are judged by this policy; by any rather than by none. */
    boolean before(@Nullable Policy other) {
        return other == null || compareRank(other) < 0;
    }

    /** Negative when this policy is asked before the other, 0 when it is the same. */
    int compareRank(Policy other) {
        int byPriority = Integer.compareUnsigned(priority, other.priority);
        return byPriority != 0 ? byPriority : Long.compare(rank, other.rank);
    }

    @Override
    public String toString() {
        return "policy " + id + " " + direction + " " + selector + " " + action;
    }
}
