package org.keysock.kernel.server;

/** A request on the control socket that cannot be served; the text is for people. */
final class BadControlRequest extends Exception {

    private static final long serialVersionUID = 1L;

    BadControlRequest(String message) {
        super(message, null, false, false);
    }
}
