package org.keysock.tools.klips;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/** Runs a tool as it was recorded, and tells how it differed. */
final class Replay {

    private static final Pattern TOKEN = Pattern.compile("\\{(usage|version|trace|lib)}\n?");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ScriptedMachine machine;
    private final int exit;

    private Replay(List<String> argv, JsonObject given, Path folder) {
        machine = new ScriptedMachine(given);
        Surroundings surroundings =
                new Surroundings(
                        InputStream.nullInputStream(),
                        new Output(out),
                        new Output(err),
                        Map.of(),
                        folder,
                        false);
        Command command = Objects.requireNonNull(Ipsec.command(argv.get(0)));
        Tool tool = new Tool(surroundings, machine, argv.get(0));
        exit = Ipsec.run(command, tool, argv.subList(1, argv.size()));
    }

    /** How a tool differed from a recording; empty when it did not. */
    static List<String> differences(RecordedRun recorded, Path folder) throws IOException {
        for (Map.Entry<String, String> file : recorded.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Replay replay = new Replay(recorded.argv(), recorded.given(), folder);
        List<String> differences = new ArrayList<>();
        replay.compareSent(recorded, differences);
        List<String> lookups = new ArrayList<>();
        for (JsonObject lookup : recorded.objects("lookups")) {
            lookups.add(lookup.get("name").getAsString() + " " + lookup.get("af").getAsInt());
        }
        compare("lookups", lookups, replay.machine.lookups, differences);
        boolean opened = recorded.json().get("socket_opened").getAsBoolean();
        compare("socket opened", opened, replay.machine.opened, differences);
        if (recorded.json().has("reads")) {
            int reads = recorded.json().get("reads").getAsInt();
            compare("reads", reads, replay.machine.reads, differences);
        }
        replay.compareText(recorded, "stdout", replay.out, differences);
        replay.compareText(recorded, "stderr", replay.err, differences);
        compare("exit", recorded.json().get("exit").getAsInt(), replay.exit, differences);
        return differences;
    }

    /** Standard error and exit code of a tool for which a call fails, and nothing else said. */
    static String failure(List<String> argv, JsonObject given, Path folder) {
        Replay replay = new Replay(argv, given, folder);
        return replay.out.toString(ISO_8859_1) + replay.err.toString(ISO_8859_1) + replay.exit;
    }

    private static void compare(String what, Object wanted, Object got, List<String> differences) {
        if (!wanted.equals(got)) {
            differences.add(what + " was " + wanted + "\n   and is " + got);
        }
    }

    private void compareSent(RecordedRun recorded, List<String> differences) {
        List<String> wanted = new ArrayList<>();
        List<String> got = new ArrayList<>(machine.sent);
        for (JsonObject item : recorded.objects("sent")) {
            int index = wanted.size();
            JsonArray loose = item.getAsJsonArray("volatile");
            wanted.add(masked(item.get("hex").getAsString(), loose));
            if (index < got.size()) {
                got.set(index, masked(got.get(index), loose));
            }
        }
        compare("sent", wanted, got, differences);
    }

    private static String masked(String hex, JsonArray ranges) {
        StringBuilder text = new StringBuilder(hex);
        for (JsonElement element : ranges) {
            JsonArray range = element.getAsJsonArray();
            int from = 2 * range.get(0).getAsInt();
            int end = Math.min(from + 2 * range.get(1).getAsInt(), text.length());
            for (int at = from; at < end; at++) {
                text.setCharAt(at, '.');
            }
        }
        return text.toString();
    }

    private void compareText(
            RecordedRun recorded,
            String member,
            ByteArrayOutputStream stream,
            List<String> differences) {
        String wanted = recorded.text(member);
        String got = stream.toString(ISO_8859_1);
        for (String expression : recorded.volatileText()) {
            wanted = wanted.replaceAll(expression, "~");
            got = got.replaceAll(expression, "~");
        }
        if (!expression(wanted).matcher(got).matches()) {
            differences.add(member + " was\n" + wanted + "\nand is\n" + got);
        }
    }

    /** An expression for a text with tokens. */
    private static Pattern expression(String wanted) {
        StringBuilder expression = new StringBuilder();
        Matcher token = TOKEN.matcher(wanted);
        int at = 0;
        while (token.find()) {
            expression.append(Pattern.quote(wanted.substring(at, token.start())));
            expression.append(
                    switch (token.group(1)) {
                        case "usage" -> ".+";
                        case "version" -> "[^\n]+\n";
                        default -> ".*";
                    });
            at = token.end();
        }
        expression.append(Pattern.quote(wanted.substring(at)));
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }
}
