package org.keysock.tools.setkey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.keysock.pfkey.socket.ServerClock;
import org.keysock.tools.cli.Dates;

/** What time it is in the emulator, and how moments are shown. */
final class Moments {

    private static final int WEEKDAY = 4;
    private static final int HOUR = 11;
    private static final int END = 19;
    private static final String NEVER = "                    ";

    private final Dates dates;
    private final Path folder;

    Moments(Map<String, String> env, Path folder) {
        this.dates = new Dates(env);
        this.folder = folder;
    }

    /** Seconds since 1970. */
    long now() {
        try {
            return ServerClock.now(folder);
        } catch (IOException e) {
            return System.currentTimeMillis() / 1000;
        }
    }

    /** Appends a date without its weekday; as many blanks for 0. */
    void append(StringBuilder text, long seconds) {
        text.append(seconds == 0 ? NEVER : date(seconds).substring(WEEKDAY));
    }

    /** The time of day, {@code 02:40:00}. */
    String time(long seconds) {
        return date(seconds).substring(HOUR, END);
    }

    /** The time of day with microseconds, which stand still when time is virtual. */
    String timeOfDay() {
        long micros = System.currentTimeMillis() % 1000 * 1000;
        long now = now();
        boolean ours = now == System.currentTimeMillis() / 1000;
        String digits = Long.toString(1_000_000 + (ours ? micros : 0));
        return time(now) + "." + digits.substring(1);
    }

    private String date(long seconds) {
        StringBuilder date = new StringBuilder();
        dates.append(date, seconds);
        return date.toString();
    }
}
