package org.keysock.tools.ipseckey;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of physical lines, solaris.md 4.3 and 4.4: a backslash at the very end joins the
 * next line, which happens before comments are looked for. Bytes become characters of Latin-1.
 */
final class LineReader {

    /** A line or a command is longer than the original takes. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;

        TooLong(String message) {
            super(message, null, false, false);
        }
    }

    static final int LONGEST_LINE = 4094;
    static final int LONGEST_COMMAND = 4095;

    private final LineSource source;
    private int lines;

    LineReader(LineSource source) {
        this.source = source;
    }

    /** Number of the last physical line read, from 1. */
    int lineNumber() {
        return lines;
    }

    /**
     * The next command with its newlines, joined; comments and blank lines too. Null at the end of
     * input: a command that waits for its continuation there is dropped.
     *
     * @throws TooLong if a line or command is too long; the input stands behind that line
     */
    @Nullable String next() throws IOException, TooLong {
        StringBuilder joined = null;
        while (true) {
            String line = source.line(joined == null ? "" : joined);
            if (line.isEmpty()) {
                return null;
            }
            lines++;
            if (line.length() > LONGEST_LINE) {
                throw new TooLong("Line " + lines + " too big.");
            }
            if (joined != null && joined.length() + line.length() > LONGEST_COMMAND) {
                throw new TooLong("Command buffer overrun.");
            }
            if (!line.endsWith("\\\n")) {
                return joined == null ? line : joined.append(line).toString();
            }
            joined = joined == null ? new StringBuilder(512) : joined;
            joined.append(line, 0, line.length() - 2).append(" \n");
        }
    }

    /** Whether that command is nothing but white space. */
    static boolean blank(String command) {
        for (int at = 0; at < command.length(); at++) {
            if (!Words.blank(command.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether that command's first character that is not white space is a sharp. */
    static boolean comment(String command) {
        int at = 0;
        while (at < command.length() && Words.blank(command.charAt(at))) {
            at++;
        }
        return at < command.length() && command.charAt(at) == '#';
    }
}
