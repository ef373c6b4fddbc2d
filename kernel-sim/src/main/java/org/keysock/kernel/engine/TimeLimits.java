package org.keysock.kernel.engine;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Extension.Lifetime;

/** When the time limits of an SA are reached, in monotonic milliseconds. */
public final class TimeLimits {

    private TimeLimits() {}

    /**
     * The moment a limit is reached: so long after the SA was added, or so long after its first
     * use, whichever is earlier. Long.MAX_VALUE for never.
     */
    public static long moment(SecurityAssociation sa, @Nullable Lifetime limit) {
        if (limit == null) {
            return Long.MAX_VALUE;
        }
        long added =
                limit.addTime() == 0 ? Long.MAX_VALUE : after(sa.addedMillis(), limit.addTime());
        long used =
                limit.useTime() == 0 || !sa.use().used()
                        ? Long.MAX_VALUE
                        : after(sa.use().firstUseMillis(), limit.useTime());
        return Math.min(added, used);
    }

    /**
     * So many seconds later, Long.MAX_VALUE when that is beyond all time.
     *
     * @param seconds unsigned
     */
    public static long after(long millis, long seconds) {
        return seconds < 0 || seconds > (Long.MAX_VALUE - millis) / 1000
                ? Long.MAX_VALUE
                : millis + seconds * 1000;
    }
}
