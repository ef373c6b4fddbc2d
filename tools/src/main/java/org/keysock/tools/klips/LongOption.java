package org.keysock.tools.klips;

/** An option of a tool, with which its enum says what {@code getopt_long} is told of it. */
interface LongOption {

    /** Its name without the two hyphens. */
    String word();

    /** Whether a value must follow; otherwise none may. */
    boolean valued();
}
