package org.keysock.tools.setkey;

/** The program cannot go on; its message says why, for standard error. */
final class Stop extends Exception {

    private static final long serialVersionUID = 1;

    Stop(String message) {
        super(message, null, false, false);
    }
}
