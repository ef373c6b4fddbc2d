package org.keysock.kernel.engine.linux;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was said on the key sockets of a real kernel: a file of {@code testdata/linux-kernel},
 * described in {@code testdata/README.md}.
 */
final class Dialogue {

    private final JsonObject json;

    private Dialogue(Path file) {
        try {
            json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, by name. */
    static List<Dialogue> all() {
        Path folder = Path.of(System.getProperty("pfkey.testdata"), "linux-kernel");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(Dialogue::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One thing that was done. */
    record Step(JsonObject json) {

        String op() {
            return json.get("op").getAsString();
        }

        String socket() {
            return json.has("socket") ? json.get("socket").getAsString() : "";
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(json.get("send_hex").getAsString());
        }

        /** How {@code send} failed, or the empty string. */
        String errno() {
            return json.has("send_errno") ? json.get("send_errno").getAsString() : "";
        }

        /** When it was done, milliseconds from the beginning; -1 when that was not noted. */
        long millis() {
            return json.has("t_ms") ? (long) json.get("t_ms").getAsDouble() : -1;
        }

        /** When the last message that it brought was read; -1 if it brought none. */
        long heardMillis() {
            long last = -1;
            if (json.has("received")) {
                for (JsonElement each : json.getAsJsonArray("received")) {
                    double when = each.getAsJsonObject().get("t_ms").getAsDouble();
                    last = Math.max(last, (long) Math.ceil(when));
                }
            }
            return last;
        }
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        json.getAsJsonArray("steps").forEach(step -> steps.add(new Step(step.getAsJsonObject())));
        return steps;
    }

    /** All that a socket heard, in hexadecimal, what differs between recordings starred out. */
    List<String> heard(String socket) {
        List<String> messages = new ArrayList<>();
        JsonObject received = json.getAsJsonObject("received");
        if (received.has(socket)) {
            for (JsonElement message : received.getAsJsonArray(socket)) {
                messages.add(masked(socket, messages.size(), message.getAsString()));
            }
        }
        return messages;
    }

    /** The same bytes of another message starred out. */
    String masked(String socket, int index, String hex) {
        JsonObject changing = json.getAsJsonObject("volatile");
        if (!changing.has(socket)
                || !changing.getAsJsonObject(socket).has(Integer.toString(index))) {
            return hex;
        }
        JsonArray fields = changing.getAsJsonObject(socket).getAsJsonArray(Integer.toString(index));
        StringBuilder masked = new StringBuilder(hex);
        for (JsonElement field : fields) {
            JsonObject bytes = field.getAsJsonObject();
            int from = 2 * bytes.get("offset").getAsInt();
            int to = Math.min(from + 2 * bytes.get("length").getAsInt(), masked.length());
            for (int at = from; at < to; at++) {
                masked.setCharAt(at, '*');
            }
        }
        return masked.toString();
    }

    @Override
    public String toString() {
        return json.get("name").getAsString();
    }
}
