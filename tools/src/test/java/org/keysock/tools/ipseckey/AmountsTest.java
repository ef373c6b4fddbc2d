package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two decimals, rounded as C rounds them: by all the digits of the binary value. */
final class AmountsTest {

    private static final long SEED = 20261121;

    private static String bytes(long bytes) {
        StringBuilder text = new StringBuilder();
        Amounts.appendBytes(text, bytes);
        return text.toString();
    }

    private static String seconds(long seconds) {
        StringBuilder text = new StringBuilder();
        Amounts.appendSeconds(text, seconds);
        return text.toString();
    }

    private static String exact(double value) {
        return new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    @Test
    void halvesGoToTheEvenDigit() {
        assertEquals("(1.12 KB) ", bytes(1024 + 128));
        assertEquals("(1.38 KB) ", bytes(1024 + 384));
        assertEquals("(1.62 KB) ", bytes(1024 + 640));
        assertEquals("(1.88 KB) ", bytes(1024 + 896));
        assertEquals("(1.02 minute)", seconds(61));
        assertEquals("(2.00 minutes)", seconds(120));
    }

    @Test
    void everyNumberIsRoundedByAllItsDigits() {
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 50_000; round++) {
            long kilobytes = random.nextLong(1025, 1 << 20);
            assertEquals("(" + exact(kilobytes / 1024.0) + " KB) ", bytes(kilobytes));
            long hours = random.nextLong(7200, 86400);
            assertEquals("(" + exact(hours / 3600.0) + " hours)", seconds(hours));
            long days = random.nextLong(2 * 86400, 0xffffffffL);
            assertEquals("(" + exact(days / 86400.0) + " days)", seconds(days));
        }
    }
}
