package org.keysock.kernel.engine;

import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;

/** A verb's way to say no: becomes an outcome in one place. Carries no stack trace. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Errno errno;
    private final Diagnostic diagnostic;

    /** No, for the given reason; dialects without diagnostics leave {@code diagnostic} out. */
    public Refusal(Errno errno, Diagnostic diagnostic) {
        super(errno + ": " + diagnostic.wording(), null, false, false);
        this.errno = errno;
        this.diagnostic = diagnostic;
    }

    /** No, without a diagnostic. */
    public Refusal(Errno errno) {
        this(errno, Diagnostic.NONE);
    }

    /** What the asker's kernel says. */
    public Errno errno() {
        return errno;
    }

    /** Solaris' reason. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
