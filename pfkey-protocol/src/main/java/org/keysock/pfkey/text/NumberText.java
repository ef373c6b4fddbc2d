package org.keysock.pfkey.text;

import org.jspecify.annotations.Nullable;

/** Numbers as C's {@code strtoull} reads them with base 0. */
public final class NumberText {

    private NumberText() {}

    /**
     * The unsigned 64-bit number that the whole word stands for, or null when it is none or too
     * big. Hexadecimal after {@code 0x}, octal after a leading 0, else decimal; leading white space
     * and a sign are let pass, and a minus wraps.
     */
    public static @Nullable Long parse(String word) {
        int at = 0;
        while (at < word.length() && Character.isWhitespace(word.charAt(at))) {
            at++;
        }
        boolean minus = at < word.length() && word.charAt(at) == '-';
        if (minus || (at < word.length() && word.charAt(at) == '+')) {
            at++;
        }
        int base = 10;
        if (at + 1 < word.length() && word.charAt(at) == '0') {
            base = (word.charAt(at + 1) | 0x20) == 'x' ? 16 : 8;
            at += base == 16 ? 2 : 1;
        }
        if (at == word.length()) {
            return null;
        }
        long limit = Long.divideUnsigned(-1L, base);
        long value = 0;
        for (; at < word.length(); at++) {
            int digit = HexText.digit(word.charAt(at));
            if (digit < 0 || digit >= base || Long.compareUnsigned(value, limit) > 0) {
                return null;
            }
            long next = value * base + digit;
            if (Long.compareUnsigned(next, value * base) < 0) {
                return null;
            }
            value = next;
        }
        return minus ? -value : value;
    }
}
