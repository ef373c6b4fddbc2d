package org.keysock.tools.klips;

import org.keysock.pfkey.text.KeyText;

/**
 * What a user typed where a key belongs, as an error may repeat it: keys never appear in errors, so
 * what is long enough to be one does not.
 */
final class Typed {

    /** One less than the shortest form of 64 bits with its prefix, which is base64. */
    private static final int LONGEST_SHOWN = 13;

    private Typed() {}

    /** The value of an option that takes a key. */
    static String key(String value) {
        return value.length() <= LONGEST_SHOWN
                ? value
                : "(" + value.length() + " characters, not shown)";
    }

    /** A word of the command line that is in nobody's place. */
    static String word(String word) {
        int equals = word.indexOf('=');
        String value = word.substring(equals + 1);
        return equals > 0 && KeyText.parse(value) != null
                ? word.substring(0, equals + 1) + key(value)
                : word;
    }
}
