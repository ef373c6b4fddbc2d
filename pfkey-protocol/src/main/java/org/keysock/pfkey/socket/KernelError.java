package org.keysock.pfkey.socket;

import java.io.IOException;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SadbMessage;

/** The kernel refused a request: it answered with an errno. */
public final class KernelError extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient SadbMessage reply;

    KernelError(SadbMessage reply) {
        super(describe(reply));
        this.reply = reply;
    }

    private static String describe(SadbMessage reply) {
        Diagnostic diagnostic = diagnosticOf(reply);
        String refused = reply.type() + ": " + reply.header().errno();
        return diagnostic == Diagnostic.NONE
                ? refused
                : refused + " (" + diagnostic.wording() + ")";
    }

    /** What was asked. */
    public MessageType verb() {
        return reply.type();
    }

    /** Why not. */
    public Errno errno() {
        return reply.header().errno();
    }

    /** Solaris' reason; {@link Diagnostic#NONE} in other dialects. */
    public Diagnostic diagnostic() {
        return diagnosticOf(reply);
    }

    private static Diagnostic diagnosticOf(SadbMessage reply) {
        Diagnostic known = Diagnostic.of(reply.header().reserved());
        return known == null ? Diagnostic.NONE : known;
    }

    /** The error reply. */
    public SadbMessage reply() {
        return reply;
    }
}
