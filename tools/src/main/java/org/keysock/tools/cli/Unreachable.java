package org.keysock.tools.cli;

import java.nio.file.Path;

/** There is no emulator where one was looked for. */
final class Unreachable extends Exception {

    private static final long serialVersionUID = 1;

    Unreachable(Path socket, Exception cause) {
        super("no emulator answers at " + socket + ": " + cause.getMessage(), cause);
    }
}
