package org.keysock.kernel.spd;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Policies in the order in which they are asked; mostly there is one. */
class Ranking implements Ranked {

    private @Nullable Policy best;
    private @Nullable TreeSet<Policy> others;

    @Override
    public final @Nullable Policy best() {
        return best;
    }

    /** Adds a policy that is not in here. */
    final void add(Policy policy) {
        Policy first = best;
        if (first == null) {
            best = policy;
            return;
        }
        if (others == null) {
            others = new TreeSet<>(Policy::compareRank);
        }
        if (policy.before(first)) {
            best = policy;
            others.add(first);
        } else {
            others.add(policy);
        }
    }

    /** Takes out a policy that is in here. */
    final void remove(Policy policy) {
        if (policy != best) {
            if (others != null) {
                others.remove(policy);
            }
        } else {
            best = others == null ? null : others.pollFirst();
        }
        if (others != null && others.isEmpty()) {
            others = null;
        }
    }
}
