package org.keysock.tools.setkey;

import org.keysock.pfkey.text.HexText;

/**
 * A token of a script.
 *
 * @param text what stands there; of quoted text what is between the quotes
 * @param line where it begins, from 1
 * @param attached whether it follows the token before without white space
 */
record Token(Kind kind, String text, int line, boolean attached) {

    /** What a token is. */
    enum Kind {
        /** Letters, digits and most signs. */
        WORD,
        /** Text in double quotes. */
        QUOTED,
        /** An opening bracket, before a port. */
        OPEN,
        /** A closing bracket. */
        CLOSE,
        /** The semicolon that ends a command. */
        SEMICOLON,
        /** The end of the script. */
        NOTHING
    }

    private static final String HIDDEN = "...";

    /** An SPI has that many digits, a key more. */
    private static final int LONGEST_NUMBER = 10;

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** Whether this is that word. */
    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** Whether this is a word of decimal digits. */
    boolean decimal() {
        return kind == Kind.WORD && digits(text, 0, false);
    }

    /** Whether this is a word of hexadecimal digits after {@code 0x}. */
    boolean hexadecimal() {
        return kind == Kind.WORD && prefixed(text) && digits(text, 2, true);
    }

    /** The token as an error quotes it: what could be a key is never shown. */
    String shown() {
        return maybeKey() ? HIDDEN : text;
    }

    /** Whether this could be or have a key, in its place or not, or one with a mistake in it. */
    boolean maybeKey() {
        if (kind == Kind.QUOTED) {
            return true;
        }
        int run = 0;
        for (int at = 0; at < text.length() && run <= LONGEST_NUMBER; at++) {
            run = HexText.digit(text.charAt(at)) < 0 ? 0 : run + 1;
        }
        boolean prefix = text.contains("0x") || text.contains("0X");
        return kind == Kind.WORD
                && (run > LONGEST_NUMBER || (prefix && text.length() > LONGEST_NUMBER));
    }

    /** This token, where a key was wanted and something else stands: not shown at all. */
    Token secret() {
        return kind == Kind.WORD ? new Token(kind, HIDDEN, line, attached) : this;
    }

    private static boolean prefixed(String word) {
        return word.startsWith("0x") || word.startsWith("0X");
    }

    private static boolean digits(String word, int from, boolean hexadecimal) {
        for (int at = from; at < word.length(); at++) {
            int digit = HexText.digit(word.charAt(at));
            if (digit < 0 || (digit > 9 && !hexadecimal)) {
                return false;
            }
        }
        return word.length() > from;
    }

    /** The text alone: a token may be a key. */
    @Override
    public String toString() {
        return kind + " " + shown();
    }
}
