package org.keysock.kernel.clock;

/** Time that stands still until it is told to move. */
public final class VirtualClock implements KernelClock {

    /** Where virtual time starts unless said otherwise: 2008-12-23 02:40:00 UTC. */
    public static final long DEFAULT_START = 1_230_000_000L;

    private final long start;
    private long elapsedMillis;

    /** A clock that stands at the given second since 1970. */
    public VirtualClock(long startSeconds) {
        this.start = startSeconds;
    }

    @Override
    public Now now() {
        return new Now(start + elapsedMillis / 1000, elapsedMillis);
    }

    /**
     * Moves the clock.
     *
     * @throws IllegalArgumentException if {@code millis} is negative: time does not run backwards
     */
    public void advance(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("time does not run backwards: " + millis + " ms");
        }
        elapsedMillis = Math.addExact(elapsedMillis, millis);
    }
}
