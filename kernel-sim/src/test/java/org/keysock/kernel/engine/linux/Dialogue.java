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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was said on the key sockets of a real kernel: a file of {@code testdata/linux-kernel},
 * described in {@code testdata/README.md}.
 */
public final class Dialogue {

    private final JsonObject json;

    private Dialogue(Path file) {
        try {
            json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, by name. */
    public static List<Dialogue> all() {
        Path folder = Path.of(System.getProperty("pfkey.testdata"), "linux-kernel");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(Dialogue::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One thing that was done. */
    public record Step(JsonObject json) {

        /** What kind of thing. */
        public String op() {
            return text("op");
        }

        /** The socket it was done with. */
        public String socket() {
            return text("socket");
        }

        /** A member as text, empty when there is none. */
        public String text(String name) {
            return json.has(name) ? json.get(name).getAsString() : "";
        }

        /** A member that is a number, 0 when there is none. */
        public int number(String name) {
            return json.has(name) ? json.get(name).getAsInt() : 0;
        }

        /** The record that was sent. */
        public byte[] bytes() {
            return HexFormat.of().parseHex(text("send_hex"));
        }

        /** Bytes of the record that came from an earlier reply: offset and name of each. */
        public Map<Integer, String> captured() {
            Map<Integer, String> names = new HashMap<>();
            if (json.has("send_volatile")) {
                for (JsonElement each : json.getAsJsonArray("send_volatile")) {
                    JsonObject field = each.getAsJsonObject();
                    names.put(field.get("offset").getAsInt(), field.get("field").getAsString());
                }
            }
            return names;
        }

        /** How {@code send} failed, or the empty string. */
        public String errno() {
            return text("send_errno");
        }

        /** When it was done, milliseconds from the beginning; -1 when that was not noted. */
        public long millis() {
            return json.has("t_ms") ? (long) json.get("t_ms").getAsDouble() : -1;
        }

        /** When the last message that it brought was read; -1 if it brought none. */
        public long heardMillis() {
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

    /** All that was done, in order. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        json.getAsJsonArray("steps").forEach(step -> steps.add(new Step(step.getAsJsonObject())));
        return steps;
    }

    /** All that a socket heard, in hexadecimal, what differs between recordings starred out. */
    public List<String> heard(String socket) {
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
    public String masked(String socket, int index, String hex) {
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
