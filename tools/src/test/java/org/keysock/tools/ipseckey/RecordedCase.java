package org.keysock.tools.ipseckey;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One recorded run of the original; the format is told in {@code testdata/cli/ipseckey}. */
record RecordedCase(String name, JsonObject json) {

    /** A message written by the client and what came back. */
    record Exchange(String sent, List<int[]> loose, List<String> replies) {}

    /** A file before the start or at the end. */
    record StagedFile(@Nullable String text, int mode, boolean folder, int owner) {}

    static final Path FOLDER = Path.of(System.getProperty("pfkey.testdata"), "cli", "ipseckey");

    /** All cases, file by file. */
    static List<RecordedCase> all() throws IOException {
        List<RecordedCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                JsonArray array = new Gson().fromJson(Files.readString(file), JsonArray.class);
                for (JsonElement element : array) {
                    JsonObject json = element.getAsJsonObject();
                    cases.add(new RecordedCase(json.get("case").getAsString(), json));
                }
            }
        }
        return cases;
    }

    String[] argv() {
        return strings("argv").toArray(new String[0]);
    }

    byte[] stdin() {
        JsonElement text = json.get("stdin");
        return text == null || text.isJsonNull() ? new byte[0] : latin1(text.getAsString());
    }

    String text(String member) {
        return json.get(member).getAsString();
    }

    boolean has(String member) {
        return json.has(member) && !json.get(member).isJsonNull();
    }

    List<String> strings(String member) {
        List<String> strings = new ArrayList<>();
        json.getAsJsonArray(member).forEach(element -> strings.add(element.getAsString()));
        return strings;
    }

    Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        if (has("env")) {
            JsonObject object = json.getAsJsonObject("env");
            object.keySet().forEach(key -> env.put(key, object.get(key).getAsString()));
        }
        return env;
    }

    Map<String, StagedFile> files(String member) {
        Map<String, StagedFile> files = new LinkedHashMap<>();
        if (!has(member)) {
            return files;
        }
        JsonObject object = json.getAsJsonObject(member);
        for (String name : object.keySet()) {
            JsonObject file = object.getAsJsonObject(name);
            boolean folder = file.has("dir");
            files.put(
                    name,
                    new StagedFile(
                            folder ? null : file.get("text").getAsString(),
                            file.has("mode")
                                    ? Integer.parseInt(file.get("mode").getAsString(), 8)
                                    : 0700,
                            folder,
                            file.has("uid") ? file.get("uid").getAsInt() : -1));
        }
        return files;
    }

    List<Exchange> exchanges() {
        List<Exchange> exchanges = new ArrayList<>();
        for (JsonElement element : json.getAsJsonArray("exchanges")) {
            JsonObject object = element.getAsJsonObject();
            List<int[]> loose = new ArrayList<>();
            if (object.has("volatile")) {
                for (JsonElement range : object.getAsJsonArray("volatile")) {
                    JsonArray pair = range.getAsJsonArray();
                    loose.add(new int[] {pair.get(0).getAsInt(), pair.get(1).getAsInt()});
                }
            }
            List<String> replies = new ArrayList<>();
            object.getAsJsonArray("replies").forEach(reply -> replies.add(reply.getAsString()));
            exchanges.add(new Exchange(object.get("sent_hex").getAsString(), loose, replies));
        }
        return exchanges;
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
