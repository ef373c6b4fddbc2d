package org.keysock.kernel.spd;

import org.jspecify.annotations.Nullable;

/** A walk from the newest policy to the oldest: a bookmark at the next one to be shown. */
final class PolicyWalk implements Spd.Walk {

    private final Spd spd;
    private @Nullable Policy bookmark;

    PolicyWalk(Spd spd, @Nullable Policy newest) {
        this.spd = spd;
        bookmark = newest;
    }

    @Override
    public @Nullable Policy next() {
        Policy policy = bookmark;
        if (policy != null) {
            bookmark = policy.older;
        }
        return policy;
    }

    /** Moves on when the policy, about to be taken out of the database, would be shown next. */
    void leave(Policy policy) {
        if (bookmark == policy) {
            bookmark = policy.older;
        }
    }

    @Override
    public void close() {
        bookmark = null;
        spd.closed(this);
    }
}
