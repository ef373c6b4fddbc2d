package org.keysock.kernel.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.Algorithm.Kind;
import org.keysock.pfkey.model.Algorithm.Offer;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.KeyMaterial;

/**
 * What a dialect's table lets an SA have can be carried out, with every key length: ADD need look
 * at the table alone.
 */
final class OfferTest {

    private static final int PAYLOAD = 48;

    private final Random random = new Random(22);

    @ParameterizedTest
    @EnumSource(DialectName.class)
    void whatTheTablesLetInCanBeDone(DialectName dialect) {
        AlgorithmTable table = AlgorithmTable.of(dialect);
        int tried = 0;
        for (Algorithm row : table.rows()) {
            if (row.offer() == Offer.REFUSED) {
                continue;
            }
            int step = row.increment() == 0 ? 8 : row.increment();
            for (int bits = row.minBits(); bits <= row.maxBits(); bits += step) {
                if (row.kind() == Kind.ENCRYPT) {
                    cipher(table, row, bits);
                    tried++;
                } else if (row.kind() == Kind.AUTH) {
                    integrity(row, bits);
                    tried++;
                }
            }
        }
        assertTrue(tried > 10, dialect + ": " + tried);
    }

    private void cipher(AlgorithmTable table, Algorithm row, int bits) {
        EncryptionAlgorithm code = (EncryptionAlgorithm) row.code();
        int keyBits = table.saltCounted() ? bits : bits + row.saltBits();
        Suite suite =
                new Suite(
                        code,
                        key(keyBits),
                        row.saltBits(),
                        AuthAlgorithm.NONE,
                        KeyMaterial.EMPTY,
                        8 * row.icvBytes(),
                        false);
        EspProtection protection = Protections.esp(suite);
        assertEquals(row.icvBytes(), protection.icvLength(), row.name());
        if (table.dialect() != DialectName.LINUX) {
            assertEquals(row.ivBytes(), protection.ivLength(), row.name());
        }
        Set<String> vectors = new HashSet<>();
        for (int sequence = 1; sequence <= 300; sequence++) {
            byte[] bytes = new byte[8 + protection.ivLength() + PAYLOAD + 32];
            int end = 8 + protection.ivLength() + PAYLOAD;
            random.nextBytes(bytes);
            byte[] plain = Arrays.copyOfRange(bytes, end - PAYLOAD, end);
            protection.writeIv(bytes, 8, sequence);
            vectors.add(Vectors.hex(Arrays.copyOfRange(bytes, 8, 8 + protection.ivLength())));
            protection.seal(bytes, 0, end, sequence);
            if (code != EncryptionAlgorithm.NULL && code != EncryptionAlgorithm.AES_GMAC) {
                assertFalse(
                        Arrays.equals(plain, Arrays.copyOfRange(bytes, end - PAYLOAD, end)),
                        row.name());
            }
            assertTrue(protection.open(bytes, 0, end, sequence), row.name());
            assertArrayEquals(
                    plain, Arrays.copyOfRange(bytes, end - PAYLOAD, end), row.name() + bits);
        }
        assertEquals(protection.ivLength() == 0 ? 1 : 300, vectors.size(), row.name());
    }

    private void integrity(Algorithm row, int bits) {
        AuthAlgorithm code = (AuthAlgorithm) row.code();
        Integrity mac = Protections.integrity(code, key(bits), 8 * row.icvBytes());
        assertEquals(row.icvBytes(), mac.icvLength(), row.name());
        byte[] bytes = new byte[100];
        random.nextBytes(bytes);
        mac.update(bytes, 0, 60);
        mac.finish(bytes, 60);
        mac.update(bytes, 0, 60);
        assertTrue(mac.matches(bytes, 60), row.name());
    }

    private KeyMaterial key(int bits) {
        byte[] bytes = new byte[bits / 8];
        random.nextBytes(bytes);
        return KeyMaterial.of(bytes);
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertFalse(Protections.offers(EncryptionAlgorithm.COMP_LZS));
        assertFalse(Protections.offers(AuthAlgorithm.KEYED_MD5));
        assertTrue(Protections.offers(AuthAlgorithm.AES_CMAC));
        assertTrue(Protections.offers(EncryptionAlgorithm.SM4_CBC));
        assertThrows(
                IllegalArgumentException.class,
                () -> Protections.integrity(AuthAlgorithm.KEYED_SHA1, KeyMaterial.EMPTY, 96));
    }

    @Test
    void keysAreNotTold() {
        KeyMaterial key = KeyMaterial.of(new byte[] {0x5e, 0x5e, 0x5e});
        Suite suite =
                new Suite(
                        EncryptionAlgorithm.AES_CBC,
                        key,
                        0,
                        AuthAlgorithm.NONE,
                        KeyMaterial.EMPTY,
                        0,
                        false);
        assertFalse(suite.toString().contains("5e"), suite.toString());
        String told = assertThrows(RuntimeException.class, () -> sealOnce(suite)).toString();
        assertFalse(told.contains("5e") || told.contains("94"), told);
    }

    private static void sealOnce(Suite suite) {
        byte[] bytes = new byte[64];
        Protections.esp(suite).seal(bytes, 0, 40, 1);
    }

    @Test
    void vectorsOfTwoSasDiffer() {
        Suite suite =
                new Suite(
                        EncryptionAlgorithm.AES_GCM_16,
                        KeyMaterial.of(new byte[20]),
                        32,
                        AuthAlgorithm.NONE,
                        KeyMaterial.EMPTY,
                        128,
                        false);
        byte[] one = new byte[8];
        byte[] other = new byte[8];
        Protections.esp(suite).writeIv(one, 0, 1);
        Protections.esp(suite).writeIv(other, 0, 1);
        assertNotEquals(Vectors.hex(one), Vectors.hex(other));
    }
}
