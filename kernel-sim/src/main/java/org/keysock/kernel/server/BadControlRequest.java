package org.keysock.kernel.server;

/** A request on the control socket that cannot be served; the text is for people. */
final class BadControlRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    BadControlRequest(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Why it cannot be served. */
    String reason() {
        return reason;
    }
}
