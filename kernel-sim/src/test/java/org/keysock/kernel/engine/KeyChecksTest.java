package org.keysock.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.Spi;

/** Parity, weak keys and the choice of SPIs. */
class KeyChecksTest {

    private static KeyMaterial key(String hex) {
        return KeyMaterial.of(HexFormat.of().parseHex(hex));
    }

    @Test
    void parityIsMadeOdd() {
        assertEquals(key("bf02928f7cef2938"), KeyChecks.withOddParity(key("be02938e7def2839")));
        assertEquals(key("8ad5a42f10137cea"), KeyChecks.withOddParity(key("8bd4a52e10127deb")));
        assertFalse(KeyChecks.oddParity(key("be02938e7def2839")));
        assertTrue(KeyChecks.oddParity(key("bf02928f7cef2938")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "fee0fee0fef1fef1",
                "0000000000000000",
                "ffffffffffffffff"
            })
    void weakDesKeysAreKnownWhateverTheirParity(String weak) {
        assertTrue(KeyChecks.weak(EncryptionAlgorithm.DES_CBC, key(weak)));
        assertFalse(KeyChecks.weak(EncryptionAlgorithm.AES_CBC, key(weak)));
    }

    @Test
    void aTripleDesKeyIsThreeDifferentKeysInARow() {
        String one = "0123456789abcdef";
        String two = "133457799bbcdff1";
        assertTrue(weakTriple(one + one + two));
        assertTrue(weakTriple(two + one + one));
        assertTrue(weakTriple("fefefefefefefefe" + one + two));
        assertTrue(weakTriple(one + two + "1ffe1ffe0efe0efe"));
        assertFalse(weakTriple(one + two + one));
        assertTrue(weakTriple(one + "0022446688aaccee" + two), "equal but for parity");
    }

    private static boolean weakTriple(String hex) {
        return KeyChecks.weak(EncryptionAlgorithm.TRIPLE_DES_CBC, key(hex));
    }

    @Test
    void spisAreDrawnUntilNoneIsLeft() {
        Random random = new Random(4711);
        Set<Spi> taken = new HashSet<>();
        for (int count = 0; count < 100; count++) {
            Spi spi = SpiChoice.draw(new Spi(-50), new Spi(-1), random, taken::contains);
            assertEquals(count < 50, spi != null);
            if (spi != null) {
                assertTrue(taken.add(spi) && spi.unsigned() >= 0xffff_ffceL);
            }
        }
        assertNotNull(SpiChoice.draw(new Spi(0), new Spi(-1), random, taken::contains));
        assertNull(SpiChoice.draw(new Spi(7), new Spi(7), random, spi -> true));
    }
}
