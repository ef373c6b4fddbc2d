package org.keysock.tools.klips;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.DialectName;

/**
 * A further name of {@code --esp}, as the parser of the IKE daemon of 2.4.4 takes it: {@code
 * cipher[bits]-hash[-96]} in any case (klips.md 5.2).
 *
 * @param text as the user wrote it
 * @param keyBits the length of the key that the name asks for, 0 for any
 */
record EspName(String text, Algorithm cipher, Algorithm hash, int keyBits) {

    private static final AlgorithmTable TABLE = AlgorithmTable.of(DialectName.KLIPS);

    /** What a cipher without a hash stands for. */
    private static final String[] EVERY_HASH = {"md5", "sha1"};

    /** The algorithms of a name; throws what is to be said of a name that is none. */
    static EspName parse(String text, Tool tool) throws Stop {
        List<EspName> all = new ArrayList<>();
        boolean good = true;
        for (String item : text.split(",", -1)) {
            good &= add(all, text, item.toLowerCase(Locale.ROOT));
        }
        if (good && all.size() == 1) {
            return all.get(0);
        }
        throw tool.fail(
                "Invalid encryption algorithm '"
                        + text
                        + "' follows '--esp' option"
                        + (good ? ": lead too many(" + all.size() + ") transforms" : "."));
    }

    private static boolean add(List<EspName> all, String text, String item) {
        String[] parts = item.split("-", -1);
        boolean shaped = parts.length < 3 || (parts.length == 3 && parts[2].equals("96"));
        int digits = parts[0].length();
        Algorithm cipher = named(Algorithm.Kind.ENCRYPT, parts[0]);
        if (cipher == null) {
            while (digits > 0 && Character.isDigit(parts[0].charAt(digits - 1))) {
                digits--;
            }
            cipher = named(Algorithm.Kind.ENCRYPT, parts[0].substring(0, digits));
        }
        String bits = parts[0].substring(digits);
        if (!shaped || cipher == null || bits.length() > 4) {
            return false;
        }
        String[] hashes = parts.length == 1 ? EVERY_HASH : new String[] {parts[1]};
        for (String name : hashes) {
            Algorithm hash = named(Algorithm.Kind.AUTH, name);
            if (hash == null) {
                return false;
            }
            all.add(new EspName(text, cipher, hash, bits.isEmpty() ? 0 : Integer.parseInt(bits)));
        }
        return true;
    }

    private static @Nullable Algorithm named(Algorithm.Kind kind, String name) {
        return TABLE.named(kind, name);
    }

    /** What it makes of an SA. */
    Transform transform() {
        return new Transform(hash.number(), cipher.number(), true);
    }

    /** Compares the lengths of the keys with the kernel's table, if that can be read. */
    void checkKeys(int encryptionBits, int authenticationBits, Tool tool) throws Stop {
        SupportedTable table = SupportedTable.read(tool.machine());
        if (table == null) {
            return;
        }
        if (keyBits != 0 && keyBits != encryptionBits) {
            throw tool.fail(
                    "invalid encryption keylen="
                            + encryptionBits
                            + (", required " + keyBits)
                            + (" by encrypt algo string=\"" + text + "\""));
        }
        checkKey("encryption", encryptionBits, table.encryption(cipher.number()), tool);
        checkKey("auth", authenticationBits, table.authentication(hash.number()), tool);
    }

    private static void checkKey(String kind, int bits, SupportedTable.Range range, Tool tool)
            throws Stop {
        if (bits < range.min() || bits > range.max()) {
            throw tool.fail(
                    ("invalid " + kind + " keylen=" + bits)
                            + (", must be between " + range.min())
                            + (" and " + range.max() + " bits"));
        }
    }
}
