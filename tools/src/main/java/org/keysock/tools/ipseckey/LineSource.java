package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Where physical lines come from. */
interface LineSource extends AutoCloseable {

    /**
     * Appends the next physical line with its newline; nothing at the end of input.
     *
     * @param command what the line continues; empty for the first line of a command
     * @return whether the line ended in a newline
     * @throws InterruptedIOException if the command is given up; the next line begins another
     */
    boolean append(StringBuilder command) throws IOException;

    @Override
    default void close() {}
}
