package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    private static final int LONGEST_LINE = 4094;
    private static final int LONGEST_COMMAND = 4095;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 14];

    /** What was read and not yet handed out, up to {@link #limit}. */
    private int position;

    private int limit;
    private int lines;

    LineReader(InputStream in) {
        this.in = in;
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
            String line = line();
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

    /** The next physical line with its newline if it has one; empty at the end of input. */
    private String line() throws IOException {
        String begun = "";
        while (true) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean ended = end < limit;
            int length = end - position + (ended ? 1 : 0);
            // no more is kept than is needed to tell that the line is too long
            int kept = Math.min(length, LONGEST_LINE + 1 - begun.length());
            String part = new String(buffer, position, kept, StandardCharsets.ISO_8859_1);
            String line = begun.isEmpty() ? part : begun + part;
            position += length;
            if (ended || !fill()) {
                return line;
            }
            begun = line;
        }
    }

    /** Reads what there is; false at the end of input. */
    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer), 0);
        return limit > 0;
    }
}
