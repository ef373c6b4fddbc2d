package org.keysock.kernel.spd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The security policy database, RFC 4301 section 4.4.1. Of the policies whose selectors fit a
 * packet the one with the lowest priority value judges it, of equals the oldest. Owned by one
 * thread.
 */
public final class Spd {

    private static final int ID_STEP = 8;

    private final Map<PolicyDirection, PolicyTable> tables = new EnumMap<>(PolicyDirection.class);
    private final Map<Integer, Policy> byId = new HashMap<>();
    private final TreeSet<Policy> deadlines =
            new TreeSet<>(
                    Comparator.comparingLong((Policy policy) -> policy.dueMillis)
                            .thenComparingLong(policy -> policy.serial));
    private final List<PolicyWalk> walks = new ArrayList<>();
    private @Nullable Policy newest;
    private long lastSerial;
    private long generation;
    private int ids;

    /** An empty database. */
    public Spd() {
        for (PolicyDirection direction : PolicyDirection.values()) {
            tables.put(direction, new PolicyTable());
        }
    }

    /**
     * A number for a new policy, as Linux counts them (rfc2367-linux-kame.md section 8.13): one
     * counter for all directions steps by 8, the low bits tell the direction, and 0 is never used.
     */
    public int nextId(PolicyDirection direction) {
        int id;
        do {
            id = ids | direction.ordinal();
            ids += ID_STEP;
            if (id == 0) {
                id = ID_STEP;
            }
        } while (byId.containsKey(id));
        return id;
    }

    /**
     * Adds a policy as the newest.
     *
     * @return false when there is one with the same direction and selector; nothing is changed then
     * @throws IllegalStateException if a database holds it already, or its number is taken
     */
    public boolean insert(Policy policy) {
        if (policy.serial != 0) {
            throw new IllegalStateException("inserted twice: " + policy);
        }
        if (find(policy.direction(), policy.selector()) != null) {
            return false;
        }
        if (byId.containsKey(policy.id())) {
            throw new IllegalStateException("number taken: " + policy);
        }
        add(policy, ++lastSerial);
        return true;
    }

    /**
     * Puts a policy into the place of the one with the same direction and selector, or adds it when
     * there is none. It is the newest to walks; it keeps the other's rank among policies of one
     * priority, if that has not changed.
     *
     * @return the policy whose place it took, which no database holds any more; null for none
     * @throws IllegalStateException if a database holds it already, or its number is taken
     */
    public @Nullable Policy replace(Policy policy) {
        Policy replaced = find(policy.direction(), policy.selector());
        if (replaced == null) {
            insert(policy);
            return null;
        }
        Policy namesake = find(policy.id());
        if (policy.serial != 0 || (namesake != null && namesake != replaced)) {
            throw new IllegalStateException("inserted twice, or number taken: " + policy);
        }
        remove(replaced);
        lastSerial++;
        add(policy, replaced.priority() == policy.priority() ? replaced.rank : lastSerial);
        return replaced;
    }

    /**
     * Takes a policy out.
     *
     * @throws IllegalStateException if no database holds it
     */
    public void remove(Policy policy) {
        if (policy.serial == 0) {
            throw new IllegalStateException("not in a database: " + policy);
        }
        for (PolicyWalk walk : walks) {
            walk.leave(policy);
        }
        deadlines.remove(policy);
        unlink(policy);
        byId.remove(policy.id());
        table(policy.direction()).remove(policy);
        policy.serial = 0;
        generation++;
    }

    /** The policy with exactly that direction and selector, or null. */
    public @Nullable Policy find(PolicyDirection direction, Selector selector) {
        return table(direction).find(selector);
    }

    /** The policy of that number, or null. */
    public @Nullable Policy find(int id) {
        return byId.get(id);
    }

    /** The policy that judges packets of a flow, or null when none fits. */
    public @Nullable Policy judge(Flow flow, PolicyDirection direction) {
        return table(direction).judge(flow);
    }

    /** Changes with every change of the database: what was found before may not hold after. */
    public long generation() {
        return generation;
    }

    /** Number of policies. */
    public int size() {
        return byId.size();
    }

    /** All policies, newest first, as they are now. */
    public List<Policy> newestFirst() {
        List<Policy> all = new ArrayList<>(size());
        for (Policy policy = newest; policy != null; policy = policy.older) {
            all.add(policy);
        }
        return all;
    }

    /** A walk over all policies, newest first. */
    public Walk walk() {
        PolicyWalk walk = new PolicyWalk(this, newest);
        walks.add(walk);
        return walk;
    }

    /**
     * A walk that stands still between steps while the database changes under it: it shows each
     * policy at most once, none that was removed before its turn, and none that was inserted or put
     * in another's place after the walk began. Must be closed.
     */
    public interface Walk extends AutoCloseable {

        /** The next policy, or null at the end and after {@link #close}. */
        @Nullable Policy next();

        @Override
        void close();
    }

    /**
     * The earliest moment at which {@link #due} may have something to do, monotonic milliseconds;
     * Long.MAX_VALUE for never.
     */
    public long nextDue() {
        return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.first().dueMillis;
    }

    /**
     * Hands over every policy whose hard limit has been reached, earliest first, for the visitor to
     * remove. Policies that were used meanwhile are put off.
     */
    public void due(long nowMillis, Consumer<Policy> visitor) {
        while (nextDue() <= nowMillis) {
            Policy policy = deadlines.first();
            deadlines.remove(policy);
            if (policy.hardMillis() <= nowMillis) {
                visitor.accept(policy);
            } else {
                schedule(policy);
            }
        }
    }

    void closed(PolicyWalk walk) {
        walks.remove(walk);
    }

    private PolicyTable table(PolicyDirection direction) {
        PolicyTable found = tables.get(direction);
        if (found == null) {
            throw new IllegalStateException("all directions are there from the beginning");
        }
        return found;
    }

    private void add(Policy policy, long rank) {
        policy.serial = lastSerial;
        policy.rank = rank;
        table(policy.direction()).add(policy);
        byId.put(policy.id(), policy);
        Policy before = newest;
        policy.older = before;
        if (before != null) {
            before.newer = policy;
        }
        newest = policy;
        schedule(policy);
        generation++;
    }

    private void unlink(Policy policy) {
        Policy older = policy.older;
        Policy newer = policy.newer;
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        if (older != null) {
            older.newer = newer;
        }
        policy.older = null;
        policy.newer = null;
    }

    /** Only for a policy that is not among the deadlines: its place there depends on its moment. */
    private void schedule(Policy policy) {
        policy.dueMillis = policy.hardMillis();
        if (policy.dueMillis != Long.MAX_VALUE) {
            deadlines.add(policy);
        }
    }
}
