package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.text.HexText;

/** Reads a key, {@code [0x]HEX[/BITS]}: solaris.md 4.9. */
final class KeyWord {

    /** More than any line has digits for. */
    private static final int MOST_BITS = 1 << 16;

    private KeyWord() {}

    /**
     * The key, or null when the digits were none or too few, which has been said.
     *
     * @param reserved {@code sadb_key_reserved}: bits of an initial IV at the key's end
     * @throws Complaints.Abandoned if what follows the slash is no number
     */
    static Extension.@Nullable Key parse(
            ExtensionType type, String word, int reserved, Complaints complaints)
            throws Complaints.Abandoned {
        int slash = word.indexOf('/');
        String digits = slash < 0 ? word : word.substring(0, slash);
        if (word.length() > 2 && (digits.startsWith("0x") || digits.startsWith("0X"))) {
            digits = digits.substring(2);
        }
        int bits = (digits.length() * 4 + 7) / 8 * 8;
        boolean tooBig = false;
        if (slash >= 0) {
            bits = bits(word.substring(slash + 1), complaints);
            int needed = (bits + 3) / 4;
            tooBig = needed > digits.length();
            if (tooBig) {
                complaints.warn("bit length " + bits + " is too big for " + digits + ".\n");
            } else if (needed < digits.length()) {
                complaints.warn(
                        "WARNING: Lower bits will be truncated for:\n\t"
                                + digits
                                + "/"
                                + bits
                                + ".\n");
                digits = digits.substring(0, Math.max(needed, 0));
            }
        }
        byte[] bytes = bytes(digits);
        if (bytes == null) {
            complaints.warn("string '" + digits + "' not a hex value.\n");
            return null;
        }
        if (tooBig) {
            // the original makes digits up
            return null;
        }
        if (slash >= 0 && (bits & 7) != 0 && bytes.length > 0) {
            bytes[bytes.length - 1] &= (byte) (0xff00 >> (bits & 7));
        }
        return new Extension.Key(type, bits & 0xffff, reserved, KeyMaterial.of(bytes));
    }

    /** A decimal number at the start of the word; what follows it is passed over. */
    private static int bits(String word, Complaints complaints) throws Complaints.Abandoned {
        int at = word.startsWith("-") ? 1 : 0;
        int first = at;
        int value = 0;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            value = Math.min(value * 10 + word.charAt(at) - '0', MOST_BITS);
            at++;
        }
        if (at == first) {
            throw complaints.abandon("\"" + word + "\" is not a bit specifier.\n");
        }
        return first == 0 ? value : -value;
    }

    /** The digits as bytes, padded at the right; null when one of them is none. */
    private static byte @Nullable [] bytes(String digits) {
        byte[] bytes = new byte[(digits.length() + 1) / 2];
        for (int at = 0; at < digits.length(); at++) {
            int digit = HexText.digit(digits.charAt(at));
            if (digit < 0) {
                return null;
            }
            bytes[at / 2] |= (byte) (at % 2 == 0 ? digit << 4 : digit);
        }
        return bytes;
    }
}
