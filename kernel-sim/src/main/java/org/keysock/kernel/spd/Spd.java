package org.keysock.kernel.spd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The security policy database, RFC 4301 section 4.4.1. Of the policies whose selectors fit a
 * packet the one with the lowest priority value judges it, of equals the oldest. Owned by one
 * thread.
 */
public final class Spd {

    private static final Comparator<Policy> ASKED_FIRST =
            Comparator.comparing(Policy::priority, Integer::compareUnsigned)
                    .thenComparingLong(policy -> policy.serial);

    private final List<Policy> policies = new ArrayList<>();
    private long lastSerial;
    private long generation;

    /**
     * Adds a policy as the newest.
     *
     * @return false when there is one with the same direction and selector; nothing is changed then
     * @throws IllegalStateException if a database holds it already
     */
    public boolean insert(Policy policy) {
        if (policy.serial != 0) {
            throw new IllegalStateException("inserted twice: " + policy);
        }
        if (find(policy.direction(), policy.selector()) != null) {
            return false;
        }
        policy.serial = ++lastSerial;
        policies.add(policy);
        generation++;
        return true;
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
        policies.remove(policy);
        policy.serial = 0;
        generation++;
    }

    /** The policy with exactly that direction and selector, or null. */
    public @Nullable Policy find(PolicyDirection direction, Selector selector) {
        for (Policy policy : policies) {
            if (policy.direction() == direction && policy.selector().equals(selector)) {
                return policy;
            }
        }
        return null;
    }

    /** The policy of that number, or null. */
    public @Nullable Policy find(int id) {
        for (Policy policy : policies) {
            if (policy.id() == id) {
                return policy;
            }
        }
        return null;
    }

    /** The policy that judges packets of a flow, or null when none fits. */
    public @Nullable Policy judge(Flow flow, PolicyDirection direction) {
        return policies.stream()
                .filter(
                        policy ->
                                policy.direction() == direction && policy.selector().matches(flow))
                .min(ASKED_FIRST)
                .orElse(null);
    }

    /** Changes with every change of the database: what was found before may not hold after. */
    public long generation() {
        return generation;
    }

    /** Number of policies. */
    public int size() {
        return policies.size();
    }

    /** All policies, newest first, as they are now. */
    public List<Policy> newestFirst() {
        List<Policy> all = new ArrayList<>(policies);
        all.sort(Comparator.comparingLong((Policy policy) -> policy.serial).reversed());
        return all;
    }
}
