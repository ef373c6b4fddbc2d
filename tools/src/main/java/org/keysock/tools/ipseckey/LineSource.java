package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Where physical lines come from. */
interface LineSource extends AutoCloseable {

    /**
     * The next physical line with its newline if it has one; empty at the end of input.
     *
     * @param continued what the line continues; empty for the first line of a command
     * @throws InterruptedIOException if the command is given up; the next line begins another
     */
    String line(CharSequence continued) throws IOException;

    @Override
    default void close() {}
}
