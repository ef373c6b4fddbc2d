package org.keysock.pfkey.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.KeyMaterial;

/**
 * Keys as the commands of KLIPS read them: {@code 0x} with hexadecimal, {@code 0s} with base64,
 * {@code 0t} with text (klips.md 5.4).
 */
public final class KeyText {

    private static final String DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private KeyText() {}

    /** Whether the word begins as none of the three forms does, but with 0: a complaint apart. */
    public static boolean unknownFormat(String word) {
        return word.startsWith("0") && (word.length() < 2 || "xst".indexOf(word.charAt(1)) < 0);
    }

    /** The key that a word stands for, or null when it stands for none. */
    public static @Nullable KeyMaterial parse(String word) {
        if (word.length() < 3 || word.charAt(0) != '0') {
            return null;
        }
        String body = word.substring(2);
        byte[] bytes =
                switch (word.charAt(1)) {
                    case 'x' -> hexadecimal(body);
                    case 's' -> base64(body);
                    case 't' -> body.getBytes(StandardCharsets.ISO_8859_1);
                    default -> null;
                };
        if (bytes == null) {
            return null;
        }
        KeyMaterial key = KeyMaterial.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        return key;
    }

    /** Two digits a byte; one underscore may stand between two bytes. */
    private static byte @Nullable [] hexadecimal(String body) {
        byte[] bytes = new byte[body.length() / 2];
        int count = 0;
        int at = 0;
        while (at < body.length()) {
            if (count > 0 && body.charAt(at) == '_') {
                at++;
            }
            if (at + 2 > body.length()) {
                return null;
            }
            int high = HexText.digit(body.charAt(at));
            int low = HexText.digit(body.charAt(at + 1));
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[count++] = (byte) (high << 4 | low);
            at += 2;
        }
        return cut(bytes, count);
    }

    /** Groups of four digits, each decoded by itself: padding may stand inside. */
    private static byte @Nullable [] base64(String body) {
        if (body.length() % 4 != 0) {
            return null;
        }
        byte[] bytes = new byte[body.length() / 4 * 3];
        int count = 0;
        for (int at = 0; at < body.length(); at += 4) {
            int padding = body.charAt(at + 3) != '=' ? 0 : body.charAt(at + 2) != '=' ? 1 : 2;
            int bits = 0;
            for (int index = 0; index < 4; index++) {
                int digit = index < 4 - padding ? DIGITS.indexOf(body.charAt(at + index)) : 0;
                if (digit < 0) {
                    return null;
                }
                bits = bits << 6 | digit;
            }
            if ((bits & ((1 << (8 * padding)) - 1)) != 0) {
                return null;
            }
            for (int index = 0; index < 3 - padding; index++) {
                bytes[count++] = (byte) (bits >>> (16 - 8 * index));
            }
        }
        return cut(bytes, count);
    }

    private static byte[] cut(byte[] bytes, int count) {
        byte[] exact = Arrays.copyOf(bytes, count);
        Arrays.fill(bytes, (byte) 0);
        return exact;
    }
}
