package org.keysock.kernel.engine;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.KeyMaterial;

/**
 * What is wrong with DES and 3DES keys whatever the dialect: parity (FIPS 46-3) and the weak keys
 * (RFC 2409 appendix A; the list of solaris.md 3.17). Other ciphers have neither.
 */
public final class KeyChecks {

    private static final int DES_BYTES = 8;

    private static final List<byte[]> WEAK_DES =
            List.of(
                            "0101010101010101",
                            "1f1f1f1f0e0e0e0e",
                            "e0e0e0e0f1f1f1f1",
                            "fefefefefefefefe",
                            "01fe01fe01fe01fe",
                            "fe01fe01fe01fe01",
                            "1fe01fe00ef10ef1",
                            "e01fe01ff10ef10e",
                            "01e001e001f101f1",
                            "e001e001f101f101",
                            "1ffe1ffe0efe0efe",
                            "fe1ffe1ffe0efe0e",
                            "011f011f010e010e",
                            "1f011f010e010e01",
                            "e0fee0fef1fef1fe",
                            "fee0fee0fef1fef1")
                    .stream()
                    .map(HexFormat.of()::parseHex)
                    .toList();

    private KeyChecks() {}

    /** Whether keys of this cipher carry parity bits. */
    public static boolean hasParity(EncryptionAlgorithm cipher) {
        return cipher == EncryptionAlgorithm.DES_CBC
                || cipher == EncryptionAlgorithm.TRIPLE_DES_CBC;
    }

    /** Whether every byte of the key has odd parity. */
    public static boolean oddParity(KeyMaterial key) {
        return withOddParity(key).equals(key);
    }

    /** The key with the lowest bit of each byte set so that the byte has odd parity. */
    public static KeyMaterial withOddParity(KeyMaterial key) {
        byte[] bytes = key.revealed();
        makeOdd(bytes);
        KeyMaterial odd = KeyMaterial.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        return odd;
    }

    /**
     * Whether the key must not be used with this cipher, whatever its parity bits: a DES key of the
     * list; a 3DES key of which one part is on the list, or the first and second or the second and
     * third part are equal.
     */
    public static boolean weak(EncryptionAlgorithm cipher, KeyMaterial key) {
        if (!hasParity(cipher)) {
            return false;
        }
        byte[] bytes = key.revealed();
        makeOdd(bytes);
        boolean weak = false;
        for (int at = 0; at + DES_BYTES <= bytes.length; at += DES_BYTES) {
            weak |= onTheList(bytes, at);
            weak |= at > 0 && Arrays.equals(bytes, at - DES_BYTES, at, bytes, at, at + DES_BYTES);
        }
        Arrays.fill(bytes, (byte) 0);
        return weak;
    }

    private static boolean onTheList(byte[] bytes, int at) {
        boolean found = false;
        for (byte[] weak : WEAK_DES) {
            found |= Arrays.equals(bytes, at, at + DES_BYTES, weak, 0, DES_BYTES);
        }
        return found;
    }

    private static void makeOdd(byte[] bytes) {
        for (int at = 0; at < bytes.length; at++) {
            int upper = bytes[at] & 0xfe;
            bytes[at] = (byte) (upper | ((Integer.bitCount(upper) & 1) ^ 1));
        }
    }
}
