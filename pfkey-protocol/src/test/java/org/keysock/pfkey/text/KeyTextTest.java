package org.keysock.pfkey.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.KeyMaterial;

/** Keys as words: the vectors of klips.md 5.4. */
final class KeyTextTest {

    @ParameterizedTest
    @CsvSource({
        "0x6630, 6630",
        "0x6630_0123, 66300123",
        "0xAB, ab",
        "0sZjA=, 6630",
        "0sZg==, 66",
        "0sZjA=ZjA=, 66306630",
        "0tab c, 61622063",
        "0sZjABI0VniavN7wEjRWeJq83vASNFZ5fO, 66300123456789abcdef0123456789abcdef0123456797ce",
        "0smUEBI0VniavN7wEjRWdx3w==, 99410123456789abcdef0123456771df"
    })
    void aKeyIsRead(String word, String bytes) {
        KeyMaterial key = Objects.requireNonNull(KeyText.parse(word));
        assertEquals(bytes, HexFormat.of().formatHex(key.revealed()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "66300123",
                "0X66",
                "0Sxx",
                "x66",
                "0x",
                "0s",
                "0t",
                "0x663",
                "0x_6630",
                "0x6630_",
                "0x66__30",
                "0x6_630",
                "0x6630...97ce",
                "0sZjB=",
                "0sZj",
                "0sZj =",
                "0sZ===",
                "0s====",
                "0sZ=A="
            })
    void whatIsNoKeyIsNone(String word) {
        assertNull(KeyText.parse(word));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "0X66, true", "0Sxx, true", "'', false", "0x, false", "66, false"})
    void aZeroAsksForAFormat(String word, boolean unknown) {
        assertNotNull(word);
        assertEquals(unknown, KeyText.unknownFormat(word));
    }
}
