package org.keysock.tools.klips;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of {@code --optionsfrom}: a line for each option and its value; empty lines and those
 * that begin with {@code #} say nothing (klips.md 5.2).
 */
final class OptionsFile {

    private static final int UNREADABLE = 2;

    private OptionsFile() {}

    /** The words in a file. */
    static List<String> words(Tool tool, String name) throws Stop {
        List<String> words = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(tool.file(name), StandardCharsets.ISO_8859_1)) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    addWords(words, line);
                }
            }
        } catch (IOException e) {
            throw tool.fail("optionsfrom failed: unable to open file", UNREADABLE);
        }
        return words;
    }

    /** A line is an option, an option and its value, or, not beginning with a hyphen, a value. */
    private static void addWords(List<String> words, String line) {
        int end = line.startsWith("-") ? blank(line) : line.length();
        words.add(line.substring(0, end));
        String rest = line.substring(end).stripLeading();
        if (!rest.isEmpty()) {
            words.add(rest);
        }
    }

    private static int blank(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) != ' ' && line.charAt(at) != '\t') {
            at++;
        }
        return at;
    }
}
