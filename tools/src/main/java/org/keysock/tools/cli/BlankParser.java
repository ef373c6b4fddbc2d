package org.keysock.tools.cli;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser.ParseContext;

/**
 * The word around the cursor, parted from others by white space and by nothing else: the languages
 * of the commands have rules of their own, which an editor need not know.
 */
record BlankParser(String line, int cursor, int start, int end) implements CompletingParsedLine {

    static BlankParser parse(String line, int cursor, ParseContext context) {
        int start = cursor;
        while (start > 0 && !Character.isWhitespace(line.charAt(start - 1))) {
            start--;
        }
        int end = cursor;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return new BlankParser(line, cursor, start, end);
    }

    @Override
    public String word() {
        return line.substring(start, end);
    }

    @Override
    public int wordCursor() {
        return cursor - start;
    }

    @Override
    public int wordIndex() {
        return 0;
    }

    @Override
    public List<String> words() {
        return List.of(word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return wordCursor();
    }

    @Override
    public int rawWordLength() {
        return end - start;
    }
}
