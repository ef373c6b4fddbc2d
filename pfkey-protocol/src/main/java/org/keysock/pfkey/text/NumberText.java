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
        return parse(word, false);
    }

    /** As {@link #parse}, but what is too big counts as 2^64-1, as {@code strtoull} says it. */
    public static @Nullable Long saturated(String word) {
        return parse(word, true);
    }

    private static @Nullable Long parse(String word, boolean saturates) {
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
        boolean tooBig = false;
        long value = 0;
        for (; at < word.length(); at++) {
            int digit = HexText.digit(word.charAt(at));
            if (digit < 0 || digit >= base) {
                return null;
            }
            tooBig |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, base)) > 0;
            value = value * base + digit;
        }
        if (tooBig) {
            return saturates ? -1L : null;
        }
        return minus ? -value : value;
    }
}
