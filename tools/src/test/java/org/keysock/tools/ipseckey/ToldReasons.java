package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** Why emulators in this process refuse requests, as their debug log tells people. */
final class ToldReasons extends Handler implements AutoCloseable {

    /** The log's line: what was asked, the error, then the extension that is at fault and how. */
    private static final Pattern SPECIFIC =
            Pattern.compile(
                    "(refused|dropped) solaris #\\d+ .* seq \\d+: (E[A-Z]+: )?"
                            + "(base header|[A-Z][A-Z0-9_]+|unknown\\(\\d+\\))[^:]*: .{4,}");

    /** Held, for loggers are forgotten with their settings when nobody does. */
    private final Logger log = Logger.getLogger("org.keysock.kernel.server.Refusals");

    private final Level before = log.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    ToldReasons() {
        log.addHandler(this);
        log.setLevel(Level.FINE);
    }

    /** How many requests were refused. */
    int count() {
        return lines.size();
    }

    /** The lines that do not say which part of the request is at fault, and how. */
    List<String> vague() {
        List<String> vague = new ArrayList<>(lines);
        vague.removeIf(line -> SPECIFIC.matcher(line).matches());
        return vague;
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        log.setLevel(before);
        log.removeHandler(this);
    }
}
