package org.keysock.kernel.engine;

import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;

/** A verb's way to say no: becomes an outcome in one place. Carries no stack trace. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Errno errno;
    private final Diagnostic diagnostic;
    private final String reason;

    /**
     * No, and why.
     *
     * @param reason for people, in protocol words: which extension, which field, the value seen
     *     (never a byte of a key), which rule. No socket hears it
     */
    public Refusal(Errno errno, Diagnostic diagnostic, String reason) {
        super(errno + ": " + reason, null, false, false);
        this.errno = errno;
        this.diagnostic = diagnostic;
        this.reason = reason;
    }

    /** No, without a diagnostic. */
    public Refusal(Errno errno, String reason) {
        this(errno, Diagnostic.NONE, reason);
    }

    /** EINVAL, without a diagnostic. */
    public static Refusal invalid(String reason) {
        return new Refusal(Errno.EINVAL, reason);
    }

    /** What the asker's kernel says. */
    public Errno errno() {
        return errno;
    }

    /** Solaris' reason, the one that is on the wire. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }

    /** The reason for people. */
    public String reason() {
        return reason;
    }
}
