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
