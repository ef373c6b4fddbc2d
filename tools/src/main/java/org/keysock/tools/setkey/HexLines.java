package org.keysock.tools.setkey;

import org.keysock.pfkey.text.HexText;

/** Bytes as {@code -H} shows them, and as keys are shown. */
final class HexLines {

    private static final int LINE = 16;
    private static final int KEY_LINE = 32;
    private static final int GROUP = 4;

    private HexLines() {}

    /** Appends lines of 16 bytes, each with its offset. */
    static void append(StringBuilder text, byte[] bytes) {
        for (int at = 0; at < bytes.length; at++) {
            if (at % LINE == 0) {
                eight(text, at);
                text.append(": ");
            }
            HexText.append(text, bytes, at, 1);
            text.append(at % LINE == LINE - 1 || at == bytes.length - 1 ? " \n" : " ");
        }
    }

    /** Appends groups of four bytes, a blank before each; a new line behind eight of them. */
    static void appendGroups(StringBuilder text, byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            if (at != 0 && at % KEY_LINE == 0) {
                text.append('\n');
            }
            if (at % GROUP == 0) {
                text.append(' ');
            }
            HexText.append(text, bytes, at, 1);
        }
    }

    /** Appends a number as eight digits. */
    static void eight(StringBuilder text, int number) {
        String digits = Integer.toHexString(number);
        for (int missing = digits.length(); missing < 8; missing++) {
            text.append('0');
        }
        text.append(digits);
    }
}
