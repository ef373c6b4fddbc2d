package org.keysock.pfkey.text;

/** Bytes as hexadecimal digits, most significant first, without separators. */
public final class HexText {

    private static final String DIGITS = "0123456789abcdef";

    private HexText() {}

    /** The value of a hexadecimal digit of either case, or -1. */
    public static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return c < 0x80 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Appends {@code length} bytes from {@code offset} in lower case. */
    public static void append(StringBuilder text, byte[] bytes, int offset, int length) {
        char[] digits = new char[2 * length];
        for (int at = 0; at < length; at++) {
            int octet = bytes[offset + at];
            digits[2 * at] = DIGITS.charAt(octet >> 4 & 15);
            digits[2 * at + 1] = DIGITS.charAt(octet & 15);
        }
        text.append(digits);
    }
}
