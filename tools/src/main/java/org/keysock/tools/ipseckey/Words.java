package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a line into words, solaris.md 4.4: white space between them, double quotes around a whole
 * word protect it, and there is no escape character.
 */
final class Words {

    private Words() {}

    static List<String> of(String line) {
        List<String> words = new ArrayList<>(24);
        char[] text = line.toCharArray();
        int at = 0;
        while (true) {
            at = skipBlanks(text, at);
            if (at == text.length) {
                return words;
            }
            int start = text[at] == '"' ? skipBlanks(text, at + 1) : at;
            int end = at;
            while (end < text.length && !blank(text[end]) && text[end] != '"') {
                end++;
            }
            if (end < text.length && text[end] == '"') {
                int close = line.indexOf('"', end + 1);
                end = close < 0 ? text.length : close;
            }
            if (start < end) {
                words.add(line.substring(start, end));
            }
            // whatever is glued to a closing quote is lost
            at = end;
            while (at < text.length && !blank(text[at])) {
                at++;
            }
        }
    }

    /** A text as a word that reads back as this text, or null when no word does. */
    static @Nullable String written(String text) {
        int firstBlank = -1;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == 0 || c > 0xff) {
                return null;
            }
            if (firstBlank < 0 && blank(c)) {
                firstBlank = at;
            }
        }
        int quote = text.indexOf('"');
        if (text.isEmpty() || blank(text.charAt(0)) || quote == 0) {
            return null;
        }
        if (quote < 0) {
            return firstBlank < 0 ? text : '"' + text + '"';
        }
        // a quote in the middle stays, opens, and ends the word where it is closed
        boolean before = firstBlank >= 0 && firstBlank < quote;
        return before || text.indexOf('"', quote + 1) >= 0 ? null : text + '"';
    }

    static boolean blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static int skipBlanks(char[] text, int from) {
        int at = from;
        while (at < text.length && blank(text[at])) {
            at++;
        }
        return at;
    }
}
