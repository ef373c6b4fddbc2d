package org.keysock.tools.klips;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A file of commands with what comes of them; its format is told in {@code testdata/README.md}. It
 * is played line by line, and what comes out is a file of the same format.
 */
final class Transcript {

    /** The folder of all transcripts. */
    static final Path FOLDER = RecordedRun.FOLDER.resolve("golden");

    private static final String OUTPUT = ">!=@*";
    private static final String USAGE = ": usage:\n";
    private static final int PID_OFFSET = 24;

    /** What a transcript needs of the world. */
    interface World {
        /** Sets something before the first command. */
        void set(String what, List<String> words) throws IOException;

        /** Puts a file into the folder in which commands run. */
        void file(String name, String text) throws IOException;

        /** Moves the emulator's clock. */
        void advance(long seconds) throws IOException;

        /** Runs {@code pfkey} or {@code ipsec}. */
        KlipsShell.Printed run(List<String> words) throws IOException;

        /** What a socket beside them has heard since it was last asked. */
        List<String> heard() throws IOException;
    }

    private final List<String> lines;
    private final StringBuilder played = new StringBuilder();
    private int at;

    private Transcript(List<String> lines) {
        this.lines = lines;
    }

    /** Plays a file; the text that it should have. */
    static String play(Path file, World world) throws IOException {
        Transcript transcript =
                new Transcript(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        while (transcript.at < transcript.lines.size()) {
            transcript.step(world);
        }
        return transcript.played.toString();
    }

    /** Of each command of a file: whether its exit code tells of a failure. */
    static List<Boolean> refusals(Path file) throws IOException {
        List<Boolean> refusals = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("$ ipsec ")) {
                refusals.add(false);
            } else if (line.startsWith("= ") && !line.equals("= 0")) {
                refusals.set(refusals.size() - 1, true);
            }
        }
        return refusals;
    }

    private void step(World world) throws IOException {
        String line = lines.get(at++);
        played.append(line).append('\n');
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        List<String> words = words(line);
        List<String> rest = words.subList(1, words.size());
        switch (words.get(0)) {
            case "local", "host", "switch" -> world.set(words.get(0), rest);
            case "file" -> world.file(rest.get(0), taken("| "));
            case "advance" -> world.advance(Long.parseLong(rest.get(0)));
            case "$" -> {
                while (at < lines.size()
                        && !lines.get(at).isEmpty()
                        && OUTPUT.indexOf(lines.get(at).charAt(0)) >= 0) {
                    at++;
                }
                print(world.run(rest));
                world.heard().forEach(record -> hex("*", record));
            }
            default -> throw new IOException("a line that means nothing: " + line);
        }
    }

    /** Words parted by blanks; what single quotes enclose is part of one. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
                begun = true;
            } else if (c != ' ' || quoted) {
                word.append(c);
                begun = true;
            } else if (begun) {
                words.add(word.toString());
                word.setLength(0);
                begun = false;
            }
        }
        return words;
    }

    /** The text of the lines that begin so. */
    private String taken(String prefix) {
        StringBuilder text = new StringBuilder();
        while (at < lines.size() && lines.get(at).startsWith(prefix.strip())) {
            String line = lines.get(at++);
            played.append(line).append('\n');
            text.append(line.length() > 1 ? line.substring(2) : "").append('\n');
        }
        return text.toString();
    }

    private void print(KlipsShell.Printed printed) {
        printed.sent().forEach(record -> hex("@", record));
        print(">", printed.out());
        print("!", withoutUsage(printed.err()));
        played.append("= ").append(printed.exit()).append('\n');
    }

    /** The usage text is told in full where it was asked for. */
    private static String withoutUsage(String text) {
        int usage = text.indexOf(USAGE);
        return usage < 0 ? text : text.substring(0, usage) + ":{usage}\n";
    }

    private void print(String sign, String text) {
        List<String> whole = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = whole.remove(whole.size() - 1);
        for (String line : whole) {
            played.append(sign).append(line.isEmpty() ? "" : " " + line).append('\n');
        }
        if (!last.isEmpty()) {
            played.append(sign).append("~ ").append(last).append('\n');
        }
    }

    /** A record in words of 32 bits; our process id is {@code PPPPPPPP}. */
    private void hex(String sign, String record) {
        StringBuilder text = new StringBuilder(record);
        byte[] pid = new byte[4];
        for (int index = 0; index < pid.length; index++) {
            pid[index] = (byte) (ProcessHandle.current().pid() >> (8 * index));
        }
        if (text.substring(PID_OFFSET, PID_OFFSET + 8).equals(HexFormat.of().formatHex(pid))) {
            text.replace(PID_OFFSET, PID_OFFSET + 8, "PPPPPPPP");
        }
        for (int end = text.length() - 8; end > 0; end -= 8) {
            text.insert(end, ' ');
        }
        played.append(sign).append(' ').append(text).append('\n');
    }
}
