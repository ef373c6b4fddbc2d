package org.keysock.pfkey.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.text.KlipsAddressText.Family;

/** SAIDs and addresses of KLIPS: the vectors of klips.md 4 and of the recorded command lines. */
final class SaidTextTest {

    private static @Nullable IpAddress names(String name, Family family) {
        return switch (name) {
            case "gw2" -> family == Family.INET ? Ipv4Address.of(192, 168, 43, 1) : null;
            case "both" ->
                    family == Family.INET
                            ? Ipv4Address.of(192, 168, 43, 1)
                            : new Ipv6Address(0x3049_0001_0000_0000L, 1);
            default -> null;
        };
    }

    private static Said parse(String word) throws BadText {
        return SaidText.parse(word, SaidTextTest::names);
    }

    @ParameterizedTest
    @CsvSource({
        "esp257@1.2.3.0, esp.101@1.2.3.0",
        "ah0x20@1.2.3.4, ah.20@1.2.3.4",
        "tun20@1.2.3.4, tun.14@1.2.3.4",
        "esp257@::1, esp:101@::1",
        "comp.3D0@192.168.2.110, comp.3d0@192.168.2.110",
        "tun:500@3049:9::1000:1, tun:500@3049:9::1000:1",
        "tun0x12a@192.168.43.1, tun.12a@192.168.43.1",
        "esp0x125@3049:1::1, esp:125@3049:1::1",
        "esp.00000125@192.168.43.1, esp.125@192.168.43.1",
        "esp.ffffffff@192.168.43.1, esp.ffffffff@192.168.43.1",
        "esp.0000000000000125@192.168.43.1, esp.125@192.168.43.1",
        "esp4294967295@192.168.43.1, esp.ffffffff@192.168.43.1",
        "esp0XfF@192.168.43.1, esp.ff@192.168.43.1",
        "esp010@1.2.3.4, esp.8@1.2.3.4",
        "esp0@1.2.3.4, esp.0@1.2.3.4",
        "esp.5@192.168.43.1, esp.5@192.168.43.1",
        "esp.125@10.1, esp.125@10.1.0.0",
        "esp.125@1.2.3, esp.125@1.2.3.0",
        "esp.125@01.2.3.4, esp.125@1.2.3.4",
        "esp.125@0x0a000001, esp.125@10.0.0.1",
        "esp:125@::, esp:125@::",
        "esp:1@1:2::3:4, esp:1@1:2::3:4",
        "esp:1@3049:ABCD::1, esp:1@3049:abcd::1",
        "esp.125@gw2, esp.125@192.168.43.1",
        "esp125@gw2, esp.7d@192.168.43.1",
        "esp.125@both, esp.125@192.168.43.1",
        "esp:125@both, esp:125@3049:1::1",
        "int.106@1.2.3.4, int.106@1.2.3.4",
        "int.102@1.2.3.4, %reject",
        "tun.0@0.0.0.0, %passthrough4",
        "%passthrough, %passthrough4",
        "%passthrough4, %passthrough4",
        "%passthrough6, %passthrough6",
        "%pass, %pass",
        "%drop, %drop",
        "%reject, %reject",
        "%hold, %hold",
        "%trap, %trap",
        "%trapsubnet, %trapsubnet"
    })
    void aSaidIsReadAndShown(String word, String shown) throws BadText {
        Said said = parse(word);
        assertEquals(shown, SaidText.format(said, SaidText.Style.PLAIN));
    }

    @ParameterizedTest
    @EnumSource(SaidText.Style.class)
    void whatIsShownIsReadAgain(SaidText.Style style) throws BadText {
        for (String word : new String[] {"tun.12a@192.168.43.1", "tun:101@1:2::3:4", "%hold"}) {
            Said said = parse(word);
            assertEquals(said, parse(SaidText.format(said, style)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\"\"|empty string",
                "foo|string too short to be SA identifier",
                "%bogus|unknown % keyword",
                "%PASS|unknown % keyword",
                "esp.125-1.2.3.4|no @ in SA specifier",
                "--said|no @ in SA specifier",
                "foo.125@1.2.3.4|SA specifier lacks valid protocol prefix",
                "ESP.125@1.2.3.4|SA specifier lacks valid protocol prefix",
                " esp.125@1.2.3.4|SA specifier lacks valid protocol prefix",
                "esp@1.2.3.4|no SPI in SA specifier",
                "esp.@1.2.3.4|no SPI found in SA specifier",
                "esp.12g@1.2.3.4|non-hex digit in hex number",
                "esp.1g@x|non-hex digit in hex number",
                "esp.-5@1.2.3.4|non-hex digit in hex number",
                "esp.0x125@1.2.3.4|non-hex digit in hex number",
                "esp78x@1.2.3.4|non-digit in number",
                "esp-125@1.2.3.4|non-digit in number",
                "esp09@1.2.3.4|non-digit in number",
                "esp.1ffffffffffffffff@1.2.3.4|hex number too long",
                "esp.1ffffffff@1.2.3.4|hex number too long",
                "esp.125@3049::1|non-ipv6 address may not contain `:'",
                "esp.125@1.2.3.400|byte overflow in dotted-decimal address",
                "esp.125@1.2.3.4.5|extra garbage on end of dotted-decimal address",
                "esp.125@1.2.3.4x|extra garbage on end of dotted-decimal address",
                "esp.125@1.2.3.4 |extra garbage on end of dotted-decimal address",
                "esp.125@1.2.3.x|non-numeric component in dotted-decimal address",
                "esp:1@1:2:zz|non-hex field in IPv6 numeric address",
                "esp:1@12345::1|field in IPv6 numeric address longer than 4 hex digits",
                "esp:1@1:2:3|IPv6 numeric address ends prematurely",
                "esp:1@1::2::3|more than one :: in IPv6 numeric address",
                "esp:1@:1|illegal leading `:' in IPv6 numeric address",
                "esp:1@1:|illegal trailing `:' in IPv6 numeric address",
                "esp:1@1:2:3:4:5:6:7:8:9|extra garbage on end of IPv6 numeric address",
                "esp:1@fe80::1%eth0|syntax error in IPv6 numeric address",
                "esp:1@::1.2.3.4|syntax error in IPv6 numeric address",
                "esp.1@|empty string",
                "esp.1@1..2|does not look numeric and name lookup failed",
                "esp:125@1.2.3.4|does not look numeric and name lookup failed",
                "esp.125@nowhere.example|does not look numeric and name lookup failed"
            })
    void whatIsNoSaidIsExplained(String word, String text) {
        assertEquals(text, assertThrows(BadText.class, () -> parse(word)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, tun.12a@192.168.43.1, tun:101@1:2::3:4",
        "HEXADECIMAL, tun0x12a@192.168.43.1, tun0x101@1:2::3:4",
        "FULL, tun.0000012a@192.168.43.1, tun:00000101@1:2::3:4",
        "DECIMAL, tun298@192.168.43.1, tun257@1:2::3:4"
    })
    void styles(SaidText.Style style, String four, String six) throws BadText {
        assertEquals(four, SaidText.format(parse("tun0x12a@192.168.43.1"), style));
        assertEquals(six, SaidText.format(parse("tun:101@1:2::3:4"), style));
    }

    @Test
    void whatHasNoName() throws BadText {
        Said internal = parse("int.106@1.2.3.4");
        assertEquals("%unk-262", SaidText.format(internal, SaidText.Style.PLAIN, KlipsForm.MODERN));
        Said unknown = new Said(SaType.unknown(77), new Spi(0x100), Ipv4Address.of(1, 2, 3, 4));
        assertEquals("unk77.100@1.2.3.4", SaidText.format(unknown, SaidText.Style.PLAIN));
    }

    @ParameterizedTest
    @CsvSource({
        "1:0:0:2:0:0:0:3, 1::2:0:0:0:3",
        "0:0:0:1:0:0:0:0, ::1:0:0:0:0",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "0:0:0:0:0:0:0:0, ::",
        "::ffff:102:304, ::ffff:102:304",
        "3049:9:0:0:0:0:9000:3100, 3049:9::9000:3100",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0",
        "192.168.43.1, 192.168.43.1"
    })
    void theFirstRunOfZerosIsShortened(String word, String shown) throws BadText {
        IpAddress address = KlipsAddressText.parse(word, Family.ANY, SaidTextTest::names);
        assertEquals(shown, KlipsAddressText.format(address));
    }
}
