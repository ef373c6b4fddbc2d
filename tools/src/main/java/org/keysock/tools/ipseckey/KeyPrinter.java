package org.keysock.tools.ipseckey;

import java.util.Arrays;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.text.HexText;

/** Shows keys, or with {@code -p} how long they are. */
final class KeyPrinter {

    private KeyPrinter() {}

    static void print(StringBuilder text, Extension.Key key, boolean paranoid) {
        boolean auth = key.type() == ExtensionType.KEY_AUTH;
        String prefix = auth ? "AKY: " : "EKY: ";
        text.append(prefix).append(auth ? "Authentication" : "Encryption").append(" key.\n");
        text.append(prefix);
        int bytes = Math.min((key.bits() + 7) / 8, key.material().length());
        int salt = Math.min(key.reserved() / 8, key.material().length() - bytes);
        byte[] secret = key.material().revealed();
        digits(text, secret, 0, bytes, paranoid);
        if (key.reserved() != 0) {
            text.append('[');
            digits(text, secret, bytes, salt, paranoid);
            text.append(']');
        }
        Arrays.fill(secret, (byte) 0);
        text.append('/').append(key.bits());
        if (key.reserved() != 0) {
            text.append('+').append(key.reserved());
        }
        text.append('\n');
    }

    /** Appends bytes as digits, or as so many X. */
    static void digits(
            StringBuilder text, byte[] secret, int offset, int length, boolean paranoid) {
        if (!paranoid) {
            HexText.append(text, secret, offset, length);
            return;
        }
        for (int at = 0; at < length; at++) {
            text.append("XX");
        }
    }
}
