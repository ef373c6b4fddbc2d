package org.keysock.tools.ipseckey;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of bytes and seconds in larger units, as people read them: solaris.md 5.1. */
final class Amounts {

    private static final String UNITS = "KMGTPE";
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86400;

    /** More than the multiplication by 100 can be wrong by, for the values that come here. */
    private static final double DOUBTFUL = 1e-6;

    private Amounts() {}

    /**
     * Appends an unsigned number of bytes with its unit, such as {@code (15.26 MB) }, or nothing.
     */
    static void appendBytes(StringBuilder text, long bytes) {
        if (Long.compareUnsigned(bytes, 1024) <= 0) {
            return;
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double high = (double) (bytes >>> 1) * 2 + (bytes & 1);
        text.append('(');
        hundredths(text, high / (1L << (10 * unit)));
        text.append(' ').append(UNITS.charAt(unit - 1)).append("B) ");
    }

    /** Appends a number of seconds with its unit, such as {@code (8.00 hours)}, or nothing. */
    static boolean appendSeconds(StringBuilder text, long seconds) {
        // the original keeps 32 bits of it here
        long cut = seconds & 0xffffffffL;
        if (cut <= MINUTE) {
            return false;
        }
        int unit = cut < HOUR ? MINUTE : cut < DAY ? HOUR : DAY;
        String name = cut < HOUR ? "minute" : cut < DAY ? "hour" : "day";
        text.append('(');
        hundredths(text, (double) cut / unit);
        text.append(' ').append(name).append(cut >= 2L * unit ? "s)" : ")");
        return true;
    }

    /** Appends a value with two decimals, as C's {@code %.2f} rounds it. */
    private static void hundredths(StringBuilder text, double value) {
        double scaled = value * 100;
        long whole = (long) scaled;
        double rest = scaled - whole;
        if (Math.abs(rest - 0.5) < DOUBTFUL) {
            // only all the digits of the value tell on which side of the half it is
            text.append(new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString());
            return;
        }
        long rounded = rest < 0.5 ? whole : whole + 1;
        text.append(rounded / 100).append('.');
        text.append((char) ('0' + rounded / 10 % 10)).append((char) ('0' + rounded % 10));
    }
}
