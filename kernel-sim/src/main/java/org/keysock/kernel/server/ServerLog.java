package org.keysock.kernel.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The log of a server process: one line a record on standard error, no keys. */
final class ServerLog {

    private static final Map<String, Level> LEVELS =
            Map.of(
                    "error", Level.SEVERE,
                    "warn", Level.WARNING,
                    "info", Level.INFO,
                    "debug", Level.FINE);

    /** Held, for loggers that nobody holds lose their level. */
    private static final Logger ALL = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("org.keysock");

    /** It warns of what it does not need, as that there is no loopback interface. */
    private static final Logger NETTY = Logger.getLogger("io.netty");

    private ServerLog() {}

    /** Starts to log at a level; false when there is no such level. */
    static boolean start(String name) {
        Level level = LEVELS.get(name);
        if (level == null) {
            return false;
        }
        for (Handler inherited : ALL.getHandlers()) {
            ALL.removeHandler(inherited);
        }
        ConsoleHandler console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        console.setFormatter(new OneLine());
        ALL.addHandler(console);
        ALL.setLevel(Level.WARNING);
        OURS.setLevel(level);
        NETTY.setLevel(Level.SEVERE);
        return true;
    }

    private static final class OneLine extends Formatter {

        /** Read now: there may be no descriptor for their file later. */
        private final ZoneRules zone = ZoneId.systemDefault().getRules();

        @Override
        public String format(LogRecord record) {
            StringBuilder line = new StringBuilder();
            line.append(now().truncatedTo(ChronoUnit.MILLIS)).append(' ');
            line.append(name(record.getLevel())).append(' ').append(formatMessage(record));
            Throwable thrown = record.getThrown();
            boolean ours = String.valueOf(record.getLoggerName()).startsWith(OURS.getName());
            if (thrown != null && !ours) {
                line.append(": ").append(thrown);
            }
            line.append('\n');
            append(line, ours ? thrown : null);
            return line.toString();
        }

        private LocalTime now() {
            Instant instant = Instant.now();
            return LocalTime.ofInstant(instant, zone.getOffset(instant));
        }

        private static void append(StringBuilder line, @Nullable Throwable thrown) {
            if (thrown != null) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
        }

        private static String name(Level level) {
            for (Map.Entry<String, Level> each : LEVELS.entrySet()) {
                if (each.getValue().equals(level)) {
                    return each.getKey();
                }
            }
            return level.getName().toLowerCase(Locale.ROOT);
        }
    }
}
