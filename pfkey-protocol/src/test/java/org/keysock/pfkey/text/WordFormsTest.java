package org.keysock.pfkey.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.IpAddress;

/** Addresses and numbers as words. */
final class WordFormsTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
        "fe80::, fe80::",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "::192.0.2.1, ::192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void anAddressIsReadAndShown(String word, String shown) {
        IpAddress address = AddressText.parse(word);
        assertEquals(shown, address == null ? null : AddressText.format(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "192.0.2", "192.0.2.1.", "192.0.2.256", "192.0.2.01", "1.2.3.4.5", "a.b.c.d",
                ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g",
                "1:2:3:4:5:6:7:8::", "1:", "::1.2.3", "fe80::1%eth0", "1:2:3:4:5:6:7:1.2.3.4"
            })
    void noAddress(String word) {
        assertNull(AddressText.parse(word));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "272, 272",
        "0x110, 272",
        "0X1aF, 431",
        "0420, 272",
        "+5, 5",
        "-1, -1",
        "18446744073709551615, -1",
        "0xffffffffffffffff, -1"
    })
    void aNumberInItsBase(String word, long value) {
        assertEquals(value, NumberText.parse(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0x",
                "08",
                "12k",
                "1e3",
                "0b1",
                "1 ",
                "--1",
                "18446744073709551616",
                "0x10000000000000000"
            })
    void noNumber(String word) {
        assertNull(NumberText.parse(word));
    }
}
