package org.keysock.tools.klips;

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

/** A recorded run of an original; {@code testdata/README.md} tells the format. */
record RecordedRun(JsonObject json) {

    static final Path FOLDER = Path.of(System.getProperty("pfkey.testdata"), "cli", "klips");

    private static final String ERRNO_TEXTS = "errno-texts.json";

    /** All of them, file by file, without the tables of errno texts. */
    static List<RecordedRun> all() throws IOException {
        List<RecordedRun> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("recorded"))) {
            for (Path file : files.sorted().toList()) {
                if (!file.endsWith(ERRNO_TEXTS)) {
                    read(file).forEach(json -> all.add(new RecordedRun(json)));
                }
            }
        }
        return all;
    }

    /** The tables of what is said to every errno of one failing call. */
    static List<JsonObject> errnoTables() throws IOException {
        return read(FOLDER.resolve("recorded").resolve(ERRNO_TEXTS));
    }

    private static List<JsonObject> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<JsonObject> objects = new ArrayList<>();
        for (JsonElement element : new Gson().fromJson(text, JsonArray.class)) {
            objects.add(element.getAsJsonObject());
        }
        return objects;
    }

    String name() {
        return json.get("case").getAsString();
    }

    List<String> argv() {
        return strings(json.getAsJsonArray("argv"));
    }

    /** What was not as usual around it. */
    JsonObject given() {
        return json.has("given") ? json.getAsJsonObject("given") : new JsonObject();
    }

    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        if (given().has("files")) {
            given().getAsJsonObject("files")
                    .entrySet()
                    .forEach(entry -> files.put(entry.getKey(), entry.getValue().getAsString()));
        }
        return files;
    }

    /** A member that is a list of objects. */
    List<JsonObject> objects(String member) {
        List<JsonObject> objects = new ArrayList<>();
        if (json.has(member)) {
            json.getAsJsonArray(member).forEach(e -> objects.add(e.getAsJsonObject()));
        }
        return objects;
    }

    String text(String member) {
        return json.get(member).getAsString();
    }

    /** Expressions for text that is not compared. */
    List<String> volatileText() {
        return json.has("volatile_text")
                ? strings(json.getAsJsonArray("volatile_text"))
                : List.of();
    }

    static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.getAsString()));
        return strings;
    }

    @Override
    public String toString() {
        return name();
    }
}
