package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.text.HexText;

/**
 * Security labels as text, solaris.md 4.7 and 5.1: {@code ADMIN_LOW}, or {@code 0xLEVEL-08-BITS}
 * with the compartments' bits from the left, trailing zero bytes left out.
 */
final class LabelWord {

    private static final String LOWEST = "ADMIN_LOW";
    private static final int IMPLICIT = 1;
    private static final int DOMAIN = 1;
    private static final int WORDS = 4;

    private LabelWord() {}

    /** The label that a word stands for, or null. */
    static Extension.@Nullable Sensitivity parse(
            ExtensionType type, boolean implicit, String word) {
        int level = 0;
        byte[] bits = new byte[WORDS * 8];
        if (!word.equals(LOWEST)) {
            // 0xLLLL-08- and then the compartments
            if (word.length() < 10 || !word.startsWith("0x") || !word.startsWith("-08-", 6)) {
                return null;
            }
            for (int at = 2; at < 6; at++) {
                int digit = HexText.digit(word.charAt(at));
                if (digit < 0) {
                    return null;
                }
                level = level << 4 | digit;
            }
            for (int at = 10; at < word.length(); at++) {
                int digit = HexText.digit(word.charAt(at));
                int index = (at - 10) / 2;
                if (digit < 0 || index >= bits.length) {
                    return null;
                }
                bits[index] |= (byte) (at % 2 == 0 ? digit << 4 : digit);
            }
        }
        return new Extension.Sensitivity(
                type, DOMAIN, level & 0xff, 0, implicit ? IMPLICIT : 0, words(bits), List.of());
    }

    /** A label in that form. */
    static String text(Extension.Sensitivity label) {
        List<Long> words = label.sensitivity();
        byte[] bits = new byte[words.size() * 8];
        int used = 0;
        for (int at = 0; at < bits.length; at++) {
            bits[at] = (byte) (words.get(at / 8) >>> (at % 8 * 8));
            used = bits[at] == 0 ? used : at + 1;
        }
        if (label.level() == 0 && used == 0) {
            return LOWEST;
        }
        StringBuilder text = new StringBuilder("0x");
        HexText.append(text, new byte[] {0, (byte) label.level()}, 0, 2);
        text.append("-08-");
        HexText.append(text, bits, 0, used);
        return text.toString();
    }

    /** Whether the label is to be left out of packets. */
    static boolean implicit(Extension.Sensitivity label) {
        return (label.flags() & IMPLICIT) != 0;
    }

    /** Bytes as words of the wire; the sheets' machines are little-endian. */
    private static List<Long> words(byte[] bits) {
        List<Long> words = new ArrayList<>(WORDS);
        for (int word = 0; word < WORDS; word++) {
            long value = 0;
            for (int at = 7; at >= 0; at--) {
                value = value << 8 | (bits[word * 8 + at] & 0xff);
            }
            words.add(value);
        }
        return words;
    }
}
