package org.keysock.tools.klips;

/** The end of a run, everything being said. */
final class Stop extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    Stop(int code) {
        super("exit " + code, null, false, false);
        this.code = code;
    }

    /** The exit code. */
    int code() {
        return code;
    }
}
