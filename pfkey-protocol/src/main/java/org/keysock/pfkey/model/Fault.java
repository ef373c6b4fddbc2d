package org.keysock.pfkey.model;

/**
 * Why bytes are not a message in a dialect.
 *
 * @param errno what the dialect's kernel says
 * @param diagnostic and Solaris' reason
 * @param refusedBySend true when that kernel fails the {@code send} call itself and nothing is
 *     queued; false when {@code send} succeeds and an error reply follows
 * @param reason what was wrong, for people
 */
public record Fault(Errno errno, Diagnostic diagnostic, boolean refusedBySend, String reason) {

    /**
     * A fault that nobody hears of: {@code send} succeeds and nothing is queued, because no base
     * header is there to answer with. Its errno is {@link Errno#OK}.
     */
    public static Fault dropped(String reason) {
        return new Fault(Errno.OK, Diagnostic.NONE, false, reason);
    }

    /** Whether the record is to be dropped without an answer. */
    public boolean silent() {
        return errno == Errno.OK;
    }

    /** A fault that is answered with a message. */
    public static Fault answered(Errno errno, Diagnostic diagnostic, String reason) {
        return new Fault(errno, diagnostic, false, reason);
    }

    /** A fault that fails the {@code send} call. */
    public static Fault refused(Errno errno, String reason) {
        return new Fault(errno, Diagnostic.NONE, true, reason);
    }
}
