package org.keysock.kernel.clock;

/**
 * One moment.
 *
 * @param wallSeconds seconds since 1970, for display: LIFETIME_CURRENT and the like
 * @param millis monotonic milliseconds from an arbitrary origin, for deadlines
 */
public record Now(long wallSeconds, long millis) {}
