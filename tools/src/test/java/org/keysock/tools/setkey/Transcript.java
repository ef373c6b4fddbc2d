package org.keysock.tools.setkey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of commands with what they print; its format is told in {@code testdata/README.md}. It is
 * played line by line, and what comes out is a file of the same format.
 */
final class Transcript {

    /** The folder of all transcripts. */
    static final Path FOLDER = Path.of(System.getProperty("pfkey.testdata"), "cli", "setkey");

    private static final long OWN_PID = ProcessHandle.current().pid();
    private static final Pattern REFUSAL = Pattern.compile("!.*|= 1|>~? .* at `.*|> .*[a-z]\\.");
    private static final String UNFINISHED = ">~ ";

    /** What a transcript needs of the world. */
    interface World {
        /** Puts a file into the folder in which commands run. */
        void file(String name, String text) throws IOException;

        /** Moves the emulator's clock. */
        void advance(long seconds) throws IOException;

        /** Runs the command with those words. */
        Shell.Printed run(String input, String[] words);
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

    /** Of each command of a file: whether it is refused, by ourselves or by the kernel. */
    static List<Boolean> refusals(Path file) throws IOException {
        List<Boolean> refusals = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("$")) {
                refusals.add(false);
            } else if (REFUSAL.matcher(line).matches()) {
                refusals.set(refusals.size() - 1, true);
            }
        }
        return refusals;
    }

    private void step(World world) throws IOException {
        String line = lines.get(at++);
        played.append(line).append('\n');
        if (line.startsWith("file ")) {
            world.file(line.substring("file ".length()), taken("| "));
        } else if (line.startsWith("advance ")) {
            world.advance(Long.parseLong(line.substring("advance ".length())));
        } else if (line.startsWith("$ setkey")) {
            String words = line.substring("$ setkey".length()).strip();
            String input = taken("< ");
            print(world.run(input, words.isEmpty() ? new String[0] : words.split(" ")));
            skipOutput();
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            throw new IOException("a line that means nothing: " + line);
        }
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

    private void skipOutput() {
        List<String> kinds = List.of(">", "!", "=");
        while (at < lines.size()
                && !lines.get(at).isEmpty()
                && kinds.contains(lines.get(at).substring(0, 1))) {
            at++;
        }
    }

    private void print(Shell.Printed printed) {
        print(">", printed.out());
        print("!", printed.err());
        played.append("= ").append(printed.exit()).append('\n');
    }

    private void print(String sign, String text) {
        String shown = text;
        String pid = "pid=" + OWN_PID;
        for (String behind : List.of(" ", "\n")) {
            shown = shown.replace(pid + behind, "pid=PID" + behind);
        }
        StringBuilder bytes = new StringBuilder();
        for (int shift = 0; shift < 32; shift += 8) {
            bytes.append(HexFormat.of().toHexDigits((byte) (OWN_PID >> shift))).append(' ');
        }
        shown = shown.replace("00 00 00 00 " + bytes, "00 00 00 00 PP PP PP PP ");
        List<String> whole = new ArrayList<>(List.of(shown.split("\n", -1)));
        String last = whole.remove(whole.size() - 1);
        for (String line : whole) {
            played.append(sign).append(line.isEmpty() ? "" : " " + line).append('\n');
        }
        if (!last.isEmpty()) {
            played.append(sign.equals(">") ? UNFINISHED : sign + "~ ").append(last).append('\n');
        }
    }
}
