package org.keysock.pfkey.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.text.KlipsAddressText.Family;

/** Networks of eroutes: the recorded command lines of {@code ipsec eroute}. */
final class KlipsNetworkTextTest {

    private static @Nullable IpAddress names(String name, Family family) {
        return name.equals("gw1") && family == Family.INET ? Ipv4Address.of(192, 168, 43, 2) : null;
    }

    private static KlipsNetworkText.Network parse(String word, Family family) throws BadText {
        return KlipsNetworkText.parse(word, family, KlipsNetworkTextTest::names);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77/24, INET, 192.0.2.0, 255.255.255.0, 0",
        "0.0.0.0/0, INET, 0.0.0.0, 0.0.0.0, 0",
        "192.0.2.0/255.255.255.0, INET, 192.0.2.0, 255.255.255.0, 0",
        "192.0.2.1/32, INET, 192.0.2.1, 255.255.255.255, 0",
        "%default, INET, 0.0.0.0, 0.0.0.0, 0",
        "%default, INET6, ::, ::, 0",
        "10/8, INET, 10.0.0.0, 255.0.0.0, 0",
        "gw1/32, INET, 192.168.43.2, 255.255.255.255, 0",
        "192.0.2.0/24:80, INET, 192.0.2.0, 255.255.255.0, 80",
        "::/0, INET6, ::, ::, 0",
        "3049:1::1/128, INET6, 3049:1::1, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0",
        "3049:1::/33, INET6, 3049:1::, ffff:ffff:8000::, 0",
        "3049:2::1/48, INET6, 3049:2::, ffff:ffff:ffff::, 0"
    })
    void aNetworkIsReadAndItsHostBitsAreCleared(
            String word, Family family, String address, String mask, int port) throws BadText {
        KlipsNetworkText.Network network = parse(word, family);
        assertEquals(address, KlipsAddressText.format(network.address()));
        assertEquals(mask, KlipsAddressText.format(network.mask()));
        assertEquals(port, network.port());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "192.0.2.1, INET, no / in subnet specification",
                "gw1, INET, no / in subnet specification",
                "192.0.2.0/33, INET, subnet mask bit count too large",
                "192.0.2.0/99999999999999999999, INET, subnet mask bit count too large",
                "3049:1::/129, INET6, subnet mask bit count too large",
                "192.0.2.0/255.0.255.0, INET, non-contiguous or otherwise erroneous mask",
                "192.0.2.0/abc, INET, does not look numeric and name lookup failed",
                "192.0.2.0/, INET, empty string",
                "/24, INET, does not look numeric and name lookup failed",
                "192.0.2.256/24, INET, byte overflow in dotted-decimal address",
                "192.0.1.x/24, INET, non-numeric component in dotted-decimal address",
                "192.0.2.0/24:17/500, INET, non-digit in number",
                "192.0.2.0/24:, INET, empty string",
                "192.0.2.0/24, INET6, does not look numeric and name lookup failed",
                "3049:1::/64, INET, non-ipv6 address may not contain `:'",
                "192.0.2.0/24, ANY, unknown address family in ttosubnet",
                "%default, ANY, unknown address family in ttosubnet"
            })
    void whatIsNoNetworkIsToldAsTheOriginalTellsIt(String word, Family family, String told) {
        BadText error = assertThrows(BadText.class, () -> parse(word, family));
        assertEquals(told, error.getMessage());
    }

    @Test
    void nothingIsNoNetwork() {
        BadText error = assertThrows(BadText.class, () -> parse("", Family.ANY));
        assertEquals("empty string", error.getMessage());
    }
}
