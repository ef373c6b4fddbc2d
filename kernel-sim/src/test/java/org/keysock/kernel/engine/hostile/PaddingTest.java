package org.keysock.kernel.engine.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.DialectName;

/**
 * Padding never set: what is reserved, or only fills up, is 0 in all that anybody hears, whatever
 * stood there in the request and in the memory that the answer is made in ({@link Host} fills that
 * with other bytes).
 */
final class PaddingTest {

    private static final byte GARBAGE = (byte) 0xa5;
    private static final int SPI = 0x3000;
    private static final int[][] NONE = {};

    /** Bytes that mean nothing: from and to, from the beginning of an extension. */
    private static final Map<Integer, int[][]> SPARE =
            Map.ofEntries(
                    Map.entry(5, new int[][] {{6, 8}, {16, 24}}),
                    Map.entry(6, new int[][] {{6, 8}, {16, 24}}),
                    Map.entry(8, new int[][] {{6, 8}, {28, 32}}),
                    Map.entry(9, new int[][] {{6, 8}}),
                    Map.entry(10, new int[][] {{6, 8}, {29, 32}}),
                    Map.entry(11, new int[][] {{6, 8}, {29, 32}}),
                    Map.entry(16, new int[][] {{12, 16}}),
                    Map.entry(18, new int[][] {{7, 8}, {22, 24}, {28, 32}, {40, 48}, {56, 64}}),
                    Map.entry(19, new int[][] {{5, 8}}),
                    Map.entry(20, new int[][] {{5, 8}}),
                    Map.entry(21, new int[][] {{6, 8}}),
                    Map.entry(22, new int[][] {{6, 8}}));

    /** HMAC-SHA1, whose key does not fill its last word. */
    private static final byte[] SHA1_KEY = Bytes.extension(8, "a0000000" + "0b".repeat(20));

    private static byte[] add() {
        byte[] sa = Bytes.sa(SPI);
        sa[10] = 3;
        return Bytes.message(
                3,
                Bytes.ESP,
                sa,
                Bytes.SRC,
                Bytes.DST,
                SHA1_KEY,
                Bytes.CIPHER_KEY,
                Bytes.HARD,
                Bytes.SOFT,
                Bytes.SRC_ID,
                Bytes.DST_ID);
    }

    private static byte[] typed(int type, byte[] record) {
        record[1] = (byte) type;
        return record;
    }

    /** What all understand, in an order in which all of it is carried out. */
    private static final List<byte[]> COMMON =
            List.of(
                    Bytes.register(),
                    add(),
                    Bytes.get(SPI),
                    Bytes.dump(),
                    Bytes.getSpi(),
                    typed(4, Bytes.get(SPI)),
                    typed(9, Bytes.dump()));

    /** What Linux alone does. */
    private static final List<byte[]> LINUX =
            List.of(
                    Bytes.extended(
                            add(),
                            Bytes.extension(19, "02" + "00".repeat(7) + "07000000"),
                            Bytes.extension(20, "02000000"),
                            Bytes.extension(21, "11940000"),
                            Bytes.extension(22, "11940000")),
                    Bytes.get(SPI),
                    Bytes.dump(),
                    Bytes.policyAdd(Bytes.policy(Bytes.TUNNEL)),
                    typed(15, Bytes.policyAdd(Bytes.policy(Bytes.TUNNEL))),
                    Bytes.policyAdd(Bytes.policy(Bytes.TUNNEL)),
                    typed(18, Bytes.dump()),
                    Bytes.migrate(
                            Bytes.policy(
                                    Bytes.TUNNEL + Bytes.TUNNEL.replace("c0000202", "c0000203"))),
                    typed(19, Bytes.dump()));

    static List<DialectName> dialects() {
        return List.of(DialectName.RFC2367, DialectName.SOLARIS, DialectName.LINUX);
    }

    /** A cipher key of Solaris has the length of its salt there. */
    private static boolean meant(DialectName dialect, int extension) {
        return dialect == DialectName.SOLARIS && extension == 9;
    }

    private static byte[] soiled(DialectName dialect, byte[] record) {
        byte[] soiled = record.clone();
        for (int at = Bytes.BASE; at < record.length; ) {
            int end = at + Bytes.WORD * Bytes.get16(record, at);
            int type = Bytes.get16(record, at + 2);
            int[][] spares = meant(dialect, type) ? NONE : SPARE.getOrDefault(type, NONE);
            for (int[] spare : spares) {
                for (int each = at + spare[0]; each < Math.min(at + spare[1], end); each++) {
                    assertEquals(0, record[each], "not spare: " + each);
                    soiled[each] = GARBAGE;
                }
            }
            at = end;
        }
        return soiled;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void ofRequestsShowsNowhere(DialectName dialect) {
        compare(dialect, COMMON);
    }

    @Test
    void ofWhatLinuxAloneHasShowsNowhere() {
        compare(DialectName.LINUX, LINUX);
    }

    private static void compare(DialectName dialect, List<byte[]> requests) {
        Host clean = new Host();
        Host dirty = new Host();
        int heard = 0;
        for (byte[] request : requests) {
            List<String> expected = said(clean, dialect, request);
            List<String> actual = said(dirty, dialect, soiled(dialect, request));
            assertEquals(
                    String.join("\n", expected),
                    String.join("\n", actual),
                    "message type " + request[1]);
            heard += expected.size();
        }
        assertTrue(heard >= 2 * requests.size(), "too little was heard: " + heard);
    }

    /** All that anybody hears of a record. */
    private static List<String> said(Host host, DialectName dialect, byte[] record) {
        List<String> all = new ArrayList<>();
        for (byte[] heard : host.asks(dialect, record)) {
            assertEquals(0, heard[2], () -> "refused: " + HexFormat.of().formatHex(record));
            all.add(HexFormat.of().formatHex(heard));
        }
        all.addAll(host.bystandersHear());
        return all;
    }
}
