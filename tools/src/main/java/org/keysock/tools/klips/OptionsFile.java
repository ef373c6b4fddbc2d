package org.keysock.tools.klips;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of {@code --optionsfrom}: a line for each option and its value; empty lines and those
 * that begin with {@code #} say nothing (klips.md 5.2).
 */
final class OptionsFile {

    private static final int FAILED = 2;
    private static final int MAX_FILES = 100;
    private static final int MAX_BYTES = 1 << 20;

    private OptionsFile() {}

    /** The words in a file. */
    static List<String> words(Tool tool, String name) throws Stop {
        if (tool.nextOptionsFile() > MAX_FILES) {
            throw tool.fail("optionsfrom failed: more than 100 files, a loop?", FAILED);
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(tool.file(name))) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException | InvalidPathException e) {
            throw tool.fail("optionsfrom failed: unable to open file", FAILED);
        }
        if (bytes.length > MAX_BYTES) {
            throw tool.fail("optionsfrom failed: the file is too long", FAILED);
        }
        List<String> words = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                addWords(words, line);
            }
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
