package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A case of the manual page as a file: what it is about, then steps with what is to be seen of
 * each. {@code testdata/README.md} tells the format.
 */
record GoldenCase(Path file, List<String> about, List<Step> steps) {

    /**
     * A step.
     *
     * @param command what is done
     * @param input what it reads
     * @param output what it prints, marked by stream
     */
    record Step(String command, List<String> input, List<String> output) {}

    private static final Path FOLDER = RecordedCase.FOLDER.resolve("manual");

    GoldenCase {
        about = List.copyOf(about);
        steps = List.copyOf(steps);
    }

    static List<GoldenCase> all() throws IOException {
        List<GoldenCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                cases.add(read(file));
            }
        }
        return cases;
    }

    static GoldenCase read(Path file) throws IOException {
        List<String> about = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            String rest = line.length() > 1 ? line.substring(2) : "";
            if (line.startsWith("#") && steps.isEmpty()) {
                about.add(line);
            } else if (line.startsWith("$ ")) {
                steps.add(new Step(rest, new ArrayList<>(), new ArrayList<>()));
            } else if (line.startsWith("<")) {
                steps.get(steps.size() - 1).input().add(rest);
            } else if (line.startsWith("#")) {
                steps.add(new Step(line, List.of(), List.of()));
            } else {
                steps.get(steps.size() - 1).output().add(line);
            }
        }
        return new GoldenCase(file, about, steps);
    }

    /** Whether the case is about something that is refused. */
    boolean refused() {
        return about.get(0).startsWith("# refused. ");
    }

    /** The case as its file has it, with other outputs. */
    String text(List<List<String>> outputs) {
        StringBuilder text = new StringBuilder();
        about.forEach(line -> text.append(line).append('\n'));
        for (int at = 0; at < steps.size(); at++) {
            Step step = steps.get(at);
            text.append(step.command().startsWith("#") ? "" : "$ ").append(step.command());
            text.append('\n');
            for (String line : step.input()) {
                text.append(line.isEmpty() ? "<" : "< ").append(line).append('\n');
            }
            outputs.get(at).forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /** The case as its file has it. */
    String text() {
        return text(steps.stream().map(Step::output).toList());
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
