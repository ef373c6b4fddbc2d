package org.keysock.tools.ipseckey;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/** Types commands to an emulator, as a person at a shell in a folder of his own would. */
final class Typist {

    /** What came of a command. */
    record Printed(String out, String err, int exit) {}

    /** What is to be seen of a command that has nothing to say. */
    static final Printed SILENT = new Printed("", "", 0);

    private final Path home;
    private final Map<String, String> env = new HashMap<>();

    Typist(Path emulator, Path home) {
        this(emulator, home, Map.of());
    }

    Typist(Path emulator, Path home, Map<String, String> more) {
        this.home = home;
        env.put("PFKEY_DIR", emulator.toString());
        env.put("TZ", "UTC0");
        env.putAll(more);
    }

    /** A command line; words are parted by blanks. */
    Printed command(String line) {
        return run("", line.isEmpty() ? new String[0] : line.split(" "));
    }

    /** What is typed at the prompt. */
    Printed types(String text) {
        return run(text);
    }

    /** A file of commands, with {@code -f}. */
    Printed file(String text) throws IOException {
        Path file = home.resolve("commands");
        Files.deleteIfExists(file);
        Files.writeString(file, text);
        Files.setAttribute(file, "unix:mode", 0600);
        return run("", "-f", "commands");
    }

    /** A command with that standard input. */
    Printed run(String input, List<String> words) {
        return run(input, words.toArray(new String[0]));
    }

    /** A command whose output goes to streams while it runs; its exit code. */
    int run(String input, OutputStream out, OutputStream err, List<String> words) {
        return run(input, out, err, words.toArray(new String[0]));
    }

    private Printed run(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = run(input, out, err, args);
        return new Printed(
                out.toString(StandardCharsets.ISO_8859_1),
                err.toString(StandardCharsets.ISO_8859_1),
                exit);
    }

    private int run(String input, OutputStream out, OutputStream err, String... args) {
        return Ipseckey.run(
                args,
                new Surroundings(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)),
                        new Output(out),
                        new Output(err),
                        env,
                        home,
                        false));
    }
}
