package org.keysock.tools.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;

/**
 * The messages in a text: one in each line of hexadecimal digits, or every string in a recorded
 * JSON file that can be one. Empty lines and what follows a {@code #} are skipped, as is space
 * between digits.
 *
 * @param records the messages in their order
 * @param dialect the one that the file names itself, or null
 * @param order the byte order that the file names itself, or null
 */
record HexInput(List<HexRecord> records, @Nullable DialectName dialect, @Nullable ByteOrder order) {

    private static final String MESSAGE = "02([0-9a-fA-F]{2})+";

    /**
     * Reads a text of either kind.
     *
     * @throws RequestFailed if a line is not hexadecimal, or the JSON cannot be read
     */
    static HexInput read(String text) throws RequestFailed {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[") ? json(text) : lines(text);
    }

    private static HexInput lines(String text) throws RequestFailed {
        List<HexRecord> records = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String digits = line.replaceAll("#.*", "").replaceAll("\\s", "");
            if (!digits.isEmpty()) {
                records.add(new HexRecord("line " + number, bytes(digits, number)));
            }
        }
        return new HexInput(records, null, null);
    }

    private static byte[] bytes(String digits, int line) throws RequestFailed {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException notHex) {
            throw new RequestFailed("line " + line + " is not a row of hexadecimal bytes");
        }
    }

    private static HexInput json(String text) throws RequestFailed {
        JsonElement root;
        try {
            root = JsonParser.parseString(text);
        } catch (JsonParseException notJson) {
            throw new RequestFailed("not a JSON file: " + notJson.getMessage());
        }
        List<HexRecord> records = new ArrayList<>();
        collect("", root, records);
        return new HexInput(records, dialect(root), order(root));
    }

    private static void collect(String place, JsonElement element, List<HexRecord> records) {
        if (element instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                String dot = place.isEmpty() ? "" : ".";
                collect(place + dot + member.getKey(), member.getValue(), records);
            }
        } else if (element instanceof JsonArray array) {
            for (int index = 0; index < array.size(); index++) {
                collect(place + "[" + index + "]", array.get(index), records);
            }
        } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            String digits = element.getAsString();
            if (digits.length() >= 2 * BaseHeader.BYTES && digits.matches(MESSAGE)) {
                records.add(new HexRecord(place, HexFormat.of().parseHex(digits)));
            }
        }
    }

    private static @Nullable DialectName dialect(JsonElement root) {
        String named = member(root, "dialect");
        if (named != null) {
            return DialectName.of(named).orElse(null);
        }
        String kernel = member(root, "kernel");
        return kernel != null && kernel.startsWith("Linux") ? DialectName.LINUX : null;
    }

    private static @Nullable ByteOrder order(JsonElement root) {
        String named = member(root, "byte_order");
        return named == null ? null : order(named);
    }

    /** The byte order of that name, or null when there is none. */
    static @Nullable ByteOrder order(String name) {
        return switch (name) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> null;
        };
    }

    private static @Nullable String member(JsonElement root, String name) {
        return root instanceof JsonObject object && object.get(name) instanceof JsonPrimitive value
                ? value.getAsString()
                : null;
    }
}
