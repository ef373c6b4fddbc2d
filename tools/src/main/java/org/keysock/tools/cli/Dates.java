package org.keysock.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Points in time as the C locale's {@code %c} shows them: {@code Tue Dec 23 02:40:00 2008}. */
public final class Dates {

    private static final String DAYS = "SunMonTueWedThuFriSat";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int DAY = 86400;

    /** The same few seconds come again and again in a dump. */
    private static final int REMEMBERED = 61;

    private final boolean utc;
    private final long[] seconds = new long[REMEMBERED];
    private final @Nullable String[] texts = new @Nullable String[REMEMBERED];

    /** Dates in the zone that TZ names, else in the machine's. */
    public Dates(Map<String, String> env) {
        String zone = env.get("TZ");
        utc = zone == null ? machineIsUtc() : zone.startsWith("UTC") || zone.isEmpty();
    }

    /** Looking zones up takes longer than the rest of a command. */
    private static boolean machineIsUtc() {
        Path zone = Path.of("/etc/localtime");
        try {
            return !Files.exists(zone) || zone.toRealPath().endsWith("UTC");
        } catch (IOException e) {
            return false;
        }
    }

    /** Appends the date of a second since 1970. */
    public void append(StringBuilder text, long second) {
        int place = Math.floorMod(second, REMEMBERED);
        String date = texts[place];
        if (date == null || seconds[place] != second) {
            StringBuilder made = new StringBuilder(24);
            make(made, second);
            date = made.toString();
            texts[place] = date;
            seconds[place] = second;
        }
        text.append(date);
    }

    private void make(StringBuilder text, long seconds) {
        long local = seconds;
        if (!utc) {
            // beyond the reach of milliseconds there are no rules for zones
            boolean reachable = Math.abs(seconds) < Long.MAX_VALUE / 1000;
            local += reachable ? TimeZone.getDefault().getOffset(seconds * 1000) / 1000 : 0;
        }
        long days = Math.floorDiv(local, DAY);
        int rest = Math.floorMod(local, DAY);
        int weekday = Math.floorMod(days + 4, 7);
        // days counted from 1 March of the year 0, so that a leap day ends its year
        long shifted = days + 719468;
        long era = Math.floorDiv(shifted, 146097);
        int dayOfEra = Math.floorMod(shifted, 146097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 2 : shiftedMonth - 10;
        long year = yearOfEra + era * 400 + (month < 2 ? 1 : 0);
        text.append(DAYS, 3 * weekday, 3 * weekday + 3).append(' ');
        text.append(MONTHS, 3 * month, 3 * month + 3).append(day < 10 ? "  " : " ").append(day);
        two(text.append(' '), rest / 3600);
        two(text.append(':'), rest / 60 % 60);
        two(text.append(':'), rest % 60);
        text.append(' ').append(year);
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
