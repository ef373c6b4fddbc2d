package org.keysock.kernel.engine.linux;

/** Numbers that tie SAs to a policy's request, for policies that name none: section 8.13. */
final class Reqids {

    /** IPSEC_MANUAL_REQID_MAX: the highest that a request may choose itself. */
    private static final int MANUAL_MAX = 0x3fff;

    private int last = MANUAL_MAX;

    /** The one asked for, or the next that is free. */
    int of(int asked) {
        if (asked > 0 && asked <= MANUAL_MAX) {
            return asked;
        }
        last = last == -1 ? MANUAL_MAX + 1 : last + 1;
        return last;
    }
}
