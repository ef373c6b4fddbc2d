package org.keysock.tools.klips;

import java.util.List;

/** One of the tools: what follows {@code ipsec} on a command line. */
interface Command {

    /**
     * Does what the words behind the tool's name ask for.
     *
     * @return the exit code
     * @throws Stop when it ends with another, everything being said
     */
    int run(Tool tool, List<String> words) throws Stop;
}
