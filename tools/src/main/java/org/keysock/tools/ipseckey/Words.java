package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;

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
