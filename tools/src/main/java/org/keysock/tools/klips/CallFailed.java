package org.keysock.tools.klips;

/** A system call that failed, with its errno in Linux' numbers. */
final class CallFailed extends Exception {

    private static final long serialVersionUID = 1;

    private final int errno;

    CallFailed(int errno) {
        super("errno " + errno, null, false, false);
        this.errno = errno;
    }

    /** The error number. */
    int errno() {
        return errno;
    }
}
