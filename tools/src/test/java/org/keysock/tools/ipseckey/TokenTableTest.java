package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/**
 * Every name of every token behind every command, once and twice, against a table of its own:
 * {@code tokens.txt}, after solaris.md 4.7. The lines are checked with {@code -c}.
 */
@Timeout(60)
final class TokenTableTest {

    private static final Pattern BAR = Pattern.compile(" *\\| *");
    private static final Pattern PLACE =
            Pattern.compile("Config file entry near line (\\d+) caused error\\(s\\) or warnings:");
    private static final List<String> CHANGES = List.of("add", "update", "update-pair");
    private static final List<String> NAMES = List.of("delete", "delete-pair", "get");

    /** What a whole command has, token by token. */
    private static final List<String> REST =
            List.of(
                    "spi 1",
                    "dst 192.0.2.2",
                    "encap udp",
                    "nat_rem 10.0.0.6",
                    "encralg aes",
                    "authalg sha1",
                    "authkey 000102030405060708090a0b0c0d0e0f10111213");

    /** A row of the table. */
    private record Row(List<String> names, String value, String commands, String second) {

        boolean takenBy(String command) {
            return switch (commands) {
                case "all" -> true;
                case "change" -> CHANGES.contains(command);
                case "add+update" -> CHANGES.subList(0, 2).contains(command);
                default -> false;
            };
        }
    }

    @TempDir private Path home;

    private final List<String> lines = new ArrayList<>();

    /** By number of line: what its errors must say, nothing when there may be none. */
    private final Map<Integer, List<String>> expected = new HashMap<>();

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(RecordedCase.FOLDER.resolve("tokens.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = BAR.split(line, -1);
                rows.add(new Row(Words.of(parts[0]), parts[1], parts[2], parts[3].strip()));
            }
        }
        return rows;
    }

    @Test
    void theTableHasEveryName() throws IOException {
        Set<String> names = new HashSet<>();
        rows().forEach(row -> names.addAll(row.names()));
        // these two are taken behind a label alone, as recorded
        names.addAll(List.of("outer-label", "implicit-label"));
        Set<String> known = new HashSet<>();
        for (Token token : Token.values()) {
            known.addAll(Arrays.asList(token.names()));
        }
        assertEquals(names, known);
    }

    @Test
    void everyNameBehindEveryCommand() throws IOException {
        for (Row row : rows()) {
            for (String name : row.names()) {
                CHANGES.forEach(command -> once(row, name, command));
                NAMES.forEach(command -> once(row, name, command));
                twice(row, name, row.takenBy("get") ? "get" : "add");
            }
        }
        check();
    }

    private void once(Row row, String name, String command) {
        String line = whole(command, name) + " " + name + " " + row.value();
        if (row.takenBy(command)) {
            line(line);
        } else if (name.equals("pair-spi") && command.equals("update-pair")) {
            line(line, "pair-spi can not be used");
        } else {
            String where = CHANGES.contains(command) ? "add/update" : "'" + command + "' command";
            line(line, "Don't use extension " + name + " for " + where + ".");
        }
    }

    private void twice(Row row, String name, String command) {
        String line = whole(command, name);
        line += (" " + name + " " + row.value()).repeat(2);
        switch (row.second()) {
            case "skip" -> line(line, "Can only specify single ");
            case "read" -> {
                String value = Words.of(row.value()).get(0);
                line(line, "Can only specify single ", "Unknown extension field \"" + value + "\"");
            }
            case "last" -> line(line);
            default -> assertEquals("-", row.second());
        }
    }

    /** A command without fault and without the token that the name stands for. */
    private static String whole(String command, String name) {
        StringBuilder line = new StringBuilder(command + " esp");
        for (String piece : REST) {
            String first = Words.of(piece).get(0);
            boolean more = piece.startsWith("spi") || piece.startsWith("dst");
            if (Token.of(first) != Token.of(name) && (more || CHANGES.contains(command))) {
                line.append(' ').append(piece);
            }
        }
        return line.toString();
    }

    private void line(String line, String... errors) {
        lines.add(line);
        expected.put(lines.size(), List.of(errors));
    }

    private void check() throws IOException {
        Path file = home.resolve("commands");
        Files.write(file, lines);
        Files.setAttribute(file, "unix:mode", 0600);
        String out;
        try (PfKeyServer server = PfKeyServer.start(ServerOptions.in(home.resolve("emulator")))) {
            out = new Typist(server.folder(), home).command("-n -c commands").out();
        }
        Map<Integer, String> told = new HashMap<>();
        int line = 0;
        for (String text : out.lines().toList()) {
            var place = PLACE.matcher(text);
            if (place.matches()) {
                line = Integer.parseInt(place.group(1));
            } else if (line > 0
                    && !text.isEmpty()
                    && !text.equals(lines.get(line - 1))
                    && !text.startsWith("WARNING:  Replay")
                    && !text.startsWith("ipseckey: ")) {
                told.merge(line, text + "\n", String::concat);
            }
        }
        List<String> wrong = new ArrayList<>();
        expected.forEach(
                (number, errors) -> {
                    String text = told.getOrDefault(number, "");
                    boolean right =
                            errors.isEmpty()
                                    ? text.isEmpty()
                                    : errors.stream().allMatch(text::contains);
                    if (!right) {
                        wrong.add(lines.get(number - 1) + "\n  wanted " + errors + "\n  " + text);
                    }
                });
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    }
}
