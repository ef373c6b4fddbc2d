package org.keysock.tools.ipseckey;

/** The program ends here. */
final class Exit extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;
    private final boolean fatal;

    private Exit(int code, boolean fatal) {
        super(null, null, false, false);
        this.code = code;
        this.fatal = fatal;
    }

    /** With that code and without a word. */
    static Exit with(int code) {
        return new Exit(code, false);
    }

    /** As a failure, which the last line of output says. */
    static Exit fatal() {
        return new Exit(1, true);
    }

    int code() {
        return code;
    }

    /** Whether the fatal line is due. */
    boolean fatalLine() {
        return fatal;
    }
}
