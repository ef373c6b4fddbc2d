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
        List<String> words = new ArrayList<>();
        int at = 0;
        while (true) {
            at = skipBlanks(line, at);
            if (at == line.length()) {
                return words;
            }
            boolean whole = line.charAt(at) == '"';
            int start = whole ? skipBlanks(line, at + 1) : at;
            int open = whole ? at : quote(line, at);
            int end = nextBlank(line, at);
            if (open >= 0) {
                int close = line.indexOf('"', open + 1);
                end = close < 0 ? line.length() : close;
            }
            if (start < end) {
                words.add(line.substring(start, end));
            }
            // whatever is glued to a closing quote is lost
            at = nextBlank(line, end);
        }
    }

    /** A text as a word that reads back as this text, or null when no word does. */
    static @Nullable String written(String text) {
        boolean blanks = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == 0 || c > 0xff) {
                return null;
            }
            blanks |= blank(c);
        }
        int quote = text.indexOf('"');
        if (text.isEmpty() || blank(text.charAt(0)) || quote == 0) {
            return null;
        }
        if (quote < 0) {
            return blanks ? '"' + text + '"' : text;
        }
        // a quote in the middle stays, opens, and ends the word where it is closed
        boolean before = nextBlank(text, 0) < quote;
        return before || text.indexOf('"', quote + 1) >= 0 ? null : text + '"';
    }

    /** Where a quote begins inside the unquoted word that starts here; -1 for nowhere. */
    private static int quote(String line, int from) {
        int end = nextBlank(line, from);
        int quote = line.indexOf('"', from);
        return quote < end ? quote : -1;
    }

    static boolean blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && blank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int nextBlank(String line, int from) {
        int at = from;
        while (at < line.length() && !blank(line.charAt(at))) {
            at++;
        }
        return at;
    }
}
