package org.keysock.tools.klips;

/** An option of a tool, with which its enum says what {@code getopt_long} is told of it. */
interface LongOption {

    /** Its name without the two hyphens; with {@code =} behind it when a value must follow. */
    String spelling();

    /** Its name without the two hyphens. */
    default String word() {
        return valued() ? spelling().substring(0, spelling().length() - 1) : spelling();
    }

    /** Whether a value must follow; otherwise none may. */
    default boolean valued() {
        return spelling().endsWith("=");
    }
}
