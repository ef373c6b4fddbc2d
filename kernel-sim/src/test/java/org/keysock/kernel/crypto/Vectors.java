package org.keysock.kernel.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.keysock.pfkey.model.KeyMaterial;

/** Published vectors, and how many of a file ran. Those left out must be as many as expected. */
public final class Vectors {

    /** What is done with one of them. */
    public interface Case {
        /**
         * Tries a vector.
         *
         * @return why it was left out, empty when it was tried
         */
        String run(JsonObject vector);
    }

    private Vectors() {}

    /** Runs all vectors of a file of {@code vectors/rfc} and prints how many ran. */
    public static void run(String file, int leftOut, Case each) {
        JsonArray vectors = read("rfc/" + file).getAsJsonArray("vectors");
        Map<String, Integer> out = new TreeMap<>();
        int ran = 0;
        for (JsonElement element : vectors) {
            String reason = each.run(element.getAsJsonObject());
            if (reason.isEmpty()) {
                ran++;
            } else {
                out.merge(reason, 1, Integer::sum);
            }
        }
        System.out.println(
                "vectors/rfc/" + file + ": " + ran + " of " + vectors.size() + ", left out " + out);
        assertEquals(leftOut, vectors.size() - ran, file + ": " + out);
    }

    /** A file below {@code vectors}. */
    public static JsonObject read(String file) {
        Path path = Path.of(System.getProperty("pfkey.testdata"), "vectors", file);
        try (Reader reader = Files.newBufferedReader(path)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Bytes of a vector; none when it does not have them. */
    static byte[] bytes(JsonObject vector, String name) {
        return vector.has(name) ? hex(vector.get(name).getAsString()) : new byte[0];
    }

    /** Bytes of hexadecimal text. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static KeyMaterial key(byte[]... parts) {
        return KeyMaterial.of(joined(parts));
    }

    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
