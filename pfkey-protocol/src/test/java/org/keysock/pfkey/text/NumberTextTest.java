package org.keysock.pfkey.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of C, as the manual pages and recorded runs have them. */
final class NumberTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "010, 8",
        "0x10, 16",
        "0XfF, 255",
        "' 300', 300",
        "+300, 300",
        "-1, 18446744073709551615",
        "18446744073709551615, 18446744073709551615",
        "01777777777777777777777, 18446744073709551615",
    })
    void isRead(String word, String number) {
        Long read = NumberText.parse(word);
        assertEquals(number, read == null ? null : Long.toUnsignedString(read));
        assertEquals(read, NumberText.saturated(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "08", "0x", "0xg", "1x", "300 ", "1.5", "abc"})
    void isNone(String word) {
        assertNull(NumberText.parse(word));
        assertNull(NumberText.saturated(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"18446744073709551616", "0x10000000000000000", "-99999999999999999999999"})
    void isTooBig(String word) {
        assertNull(NumberText.parse(word));
        assertEquals(-1L, NumberText.saturated(word));
    }
}
