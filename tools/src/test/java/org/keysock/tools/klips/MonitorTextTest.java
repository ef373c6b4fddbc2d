package org.keysock.tools.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Messages as {@code ipsec pf_key} prints them: the sample of klips.md 5.10. */
final class MonitorTextTest {

    /** W12 of the sheet: a soft EXPIRE. */
    private static final String EXPIRE =
            "0208000315000000010000000000000003000100123456780001020300000000"
                    + "0200000000000000050002000100000098010000000000006400000000000000"
                    + "a000000000000000030000000000000005000400000000008001000000000000"
                    + "0000000000000000000000000000000000000000000000000300050000000000"
                    + "02000000c0010217000000000000000003000600000000000200"
                    + "0000c001022d0000000000000000";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void anExpireIsShownNumberByNumber() {
        assertEquals(
                """

                pfkey v2 msg. type=8(expire) seq=1 len=21 pid=0 errno=0 satype=3(ESP)
                version=2 type=8 errno=0 satype=3 len=21 seq=1 pid=0 \
                {ext=1 len=3 spi=78563412 replay=0 state=1 auth=2 encrypt=3 flags=00000000 \
                ref=00000002}{ext=2 len=5 allocations=1 bytes=408 addtime=100 usetime=160 \
                packets=3 } {ext=4 len=5 allocations=0 bytes=384 addtime=0 usetime=0 packets=0 } \
                {ext=5 len=3 proto=0 prefixlen=0 addr=0x02000000c00102170000000000000000 } \
                {ext=6 len=3 proto=0 prefixlen=0 addr=0x02000000c001022d0000000000000000 }\s
                """,
                MonitorText.of(bytes(EXPIRE)));
    }

    @Test
    void anErrorIsAHeaderAlone() {
        assertEquals(
                """

                pfkey v2 msg. type=3(add) seq=1 len=2 pid=987 errno=17 satype=3(ESP)
                version=2 type=3 errno=17 satype=3 len=2 seq=1 pid=987\s
                """,
                MonitorText.of(bytes("020311030200000001000000db030000")));
    }

    @Test
    void whatHasNoFieldsIsShownByteByByte() {
        String text =
                MonitorText.of(
                        bytes(
                                "020700020500000001000000db03000003000e000000000003 00a000a0000000"
                                                .replace(" ", "")
                                        + "0200800080000000"));
        assertTrue(
                text.endsWith(
                        "{ext=14 len=3 bytes=0x000000000300a000a00000000200800080000000 } \n"),
                text);
    }

    @Test
    void keysAreNotShown() {
        String text =
                MonitorText.of(
                        bytes(
                                "020500020500000001000000db030000030008008000000012340123456789abcdef0123"
                                    + "45672eda"));
        assertTrue(text.endsWith("{ext=8 len=3 bits=128 } \n"), text);
        assertFalse(text.contains("1234"), text);
    }

    @Test
    void unknownNumbersHaveNames() {
        String text = MonitorText.of(bytes("02ff000c020000000100000001000000"));
        assertTrue(text.contains("type=255(unknown-sadb-type)"), text);
        assertTrue(text.contains("satype=12(UNKNOWN)"), text);
    }

    /** Whatever arrives is shown as far as it goes. */
    @Test
    void aMessageThatIsCutShortEndsThere() {
        byte[] whole = bytes(EXPIRE);
        for (int length = 16; length < whole.length; length++) {
            String text = MonitorText.of(Arrays.copyOf(whole, length));
            assertTrue(MonitorText.of(whole).startsWith(text.stripTrailing()), text);
        }
    }
}
