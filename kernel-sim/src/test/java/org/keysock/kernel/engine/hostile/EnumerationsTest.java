package org.keysock.kernel.engine.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.DialectName;

/**
 * An enumeration used as an index: each in every value that its field can hold. What is not in the
 * kernel's table is refused or kept as it is, and found again; it is never looked up beside the
 * table.
 */
final class EnumerationsTest {

    private static final List<DialectName> ALL =
            List.of(DialectName.RFC2367, DialectName.SOLARIS, DialectName.LINUX);
    private static final List<DialectName> LINUX = List.of(DialectName.LINUX);
    private static final int SPI = 0x3000;

    /** All of a byte; those of two bytes that are small, negative, or the like of small ones. */
    private static final List<int[]> VALUES =
            List.of(
                    IntStream.range(0, 0x100).toArray(),
                    IntStream.range(0, 0x10000)
                            .filter(
                                    value ->
                                            value <= 0x100 || value >= 0xff80 || value % 0x100 == 2)
                            .toArray());

    /**
     * A field of a request.
     *
     * @param bytes of the field
     * @param request the request with a value in it
     * @param taken the values with which it is carried out, a line for each dialect
     */
    private record Field(
            String what,
            int bytes,
            IntFunction<byte[]> request,
            List<DialectName> dialects,
            String taken) {}

    private static byte[] with(byte[] record, int extension, int offset, int bytes, int value) {
        int at = Bytes.find(record, extension) + offset;
        record[at] = (byte) value;
        if (bytes == 2) {
            record[at + 1] = (byte) (value >> 8);
        }
        return record;
    }

    private static Field add(String what, int extension, int offset, int bytes, String taken) {
        return new Field(
                what,
                bytes,
                value -> with(Bytes.described(SPI), extension, offset, bytes, value),
                ALL,
                taken);
    }

    private static Field policy(String what, int offset, int bytes, String taken) {
        return new Field(
                what,
                bytes,
                value ->
                        with(Bytes.policyAdd(Bytes.policy(Bytes.TUNNEL)), 18, offset, bytes, value),
                LINUX,
                taken);
    }

    private static Field extra(
            String what, String body, int extension, int offset, int bytes, String taken) {
        return new Field(
                what,
                bytes,
                value -> {
                    byte[] add = Bytes.extended(Bytes.add(SPI), Bytes.extension(extension, body));
                    return with(add, extension, offset, bytes, value);
                },
                LINUX,
                taken);
    }

    private static Field filter(String what, int offset, int bytes, String taken) {
        return new Field(
                what,
                bytes,
                value ->
                        with(
                                Bytes.filteredDump(
                                        "0a000001"
                                                + "00".repeat(12)
                                                + "0a000002"
                                                + "00".repeat(12)
                                                + "0200 00 00"),
                                26,
                                offset,
                                bytes,
                                value),
                LINUX,
                taken);
    }

    private static final List<Field> FIELDS =
            List.of(
                    add("state", 1, 9, 1, "1 | 1 4 | all"),
                    add("authentication algorithm", 1, 10, 1, "2 9 | 2 | 0 2-3 5-9 251"),
                    add("cipher", 1, 11, 1, "2 6-7 | 2 | 2 6-7"),
                    add("replay window", 1, 8, 1, "all | all | all"),
                    add("protocol", 5, 4, 1, "all | all | all"),
                    add("prefix", 5, 5, 1, "0-32 | all | 0-32"),
                    add("family", 5, 8, 2, "2 | 2 | 2"),
                    add("identity type", 10, 4, 2, "2-3 | all | all"),
                    extra("mode", "00".repeat(12), 19, 4, 1, "0-3"),
                    extra("NAT-T type", "00".repeat(4), 20, 4, 1, "1-2"),
                    policy("policy type", 4, 2, "0-2"),
                    policy("direction", 6, 1, "1-3"),
                    policy("template protocol", 18, 2, "50-51 108"),
                    policy("template mode", 20, 1, "1-3"),
                    policy("level", 21, 1, "all"),
                    policy("template family", 32, 2, "2"),
                    filter("filter family", 36, 2, "0 2"),
                    filter("filter source prefix", 38, 1, "0-128"),
                    filter("filter destination prefix", 39, 1, "0-128"));

    @Test
    void everyValueOfEveryField() {
        StringBuilder expected = new StringBuilder();
        StringBuilder actual = new StringBuilder();
        for (Field field : FIELDS) {
            List<String> lines = new ArrayList<>();
            for (DialectName dialect : field.dialects()) {
                List<Integer> taken = fates(field, dialect);
                boolean all = taken.size() == VALUES.get(field.bytes() - 1).length;
                lines.add(all ? "all" : ranges(taken));
            }
            expected.append(field.what()).append(": ").append(field.taken()).append('\n');
            actual.append(field.what()).append(": ").append(String.join(" | ", lines)).append('\n');
        }
        assertEquals(expected.toString(), actual.toString());
    }

    /** The values of a field with which its request is carried out. */
    private static List<Integer> fates(Field field, DialectName dialect) {
        List<Integer> taken = new ArrayList<>();
        Host host = new Host();
        assertEquals("OK", host.fate(dialect, Bytes.add(0x2000)));
        List<byte[]> before = host.asks(dialect, Bytes.get(0x2000));
        for (int value : VALUES.get(field.bytes() - 1)) {
            int sas = host.sas();
            String fate = host.fate(dialect, field.request().apply(value));
            assertFalse(fate.equals("nothing"), field.what() + " " + value);
            if (fate.equals("OK")) {
                taken.add(value);
                host = found(host, field, dialect, value);
            } else {
                assertEquals(sas, host.sas(), field.what() + " " + value);
            }
        }
        assertArrayEquals(before.toArray(), host.asks(dialect, Bytes.get(0x2000)).toArray());
        return taken;
    }

    /** What was added can be shown in every dialect; the next one finds the place free. */
    private static Host found(Host host, Field field, DialectName dialect, int value) {
        host.bystandersHear();
        if (field.request().apply(value)[1] == 3) {
            assertEquals("OK", host.fate(dialect, Bytes.get(SPI)), field.what() + " " + value);
        }
        for (DialectName each : ALL) {
            assertFalse(host.asks(each, Bytes.dump()).isEmpty());
        }
        Host next = new Host();
        next.fate(dialect, Bytes.add(0x2000));
        return next;
    }

    private static String ranges(List<Integer> values) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < values.size(); ) {
            int first = values.get(index);
            int last = first;
            while (++index < values.size() && values.get(index) == last + 1) {
                last++;
            }
            text.append(text.length() == 0 ? "" : " ");
            text.append(first == last ? "" + first : first + "-" + last);
        }
        return text.length() == 0 ? "none" : text.toString();
    }

    /** Every message type with every SA type. Solaris answers no ACQUIRE of a protocol it has. */
    @Test
    void everyTypeOfMessageAndSa() {
        StringBuilder all = new StringBuilder();
        for (DialectName dialect : ALL) {
            Map<String, Integer> fates = new TreeMap<>();
            Host host = new Host();
            for (int type = 0; type < 256; type++) {
                for (int saType = 0; saType < 256; saType++) {
                    byte[] record = Bytes.described(SPI);
                    record[1] = (byte) type;
                    record[3] = (byte) saType;
                    fates.merge(host.fate(dialect, record), 1, Integer::sum);
                    host.bystandersHear();
                }
            }
            all.append(dialect.text()).append(' ').append(fates).append('\n');
        }
        assertEquals(
                """
                rfc2367 {EINVAL=65273, EOPNOTSUPP=256, ESRCH=6, OK=1}
                solaris {EINVAL=64503, ENOENT=256, EOPNOTSUPP=512, ESRCH=4, OK=259, nothing=2}
                linux {EINVAL=3300, ENOENT=260, EOPNOTSUPP=1536, EPROTONOSUPPORT=2, ESRCH=512, \
                OK=534, send EINVAL=59392}
                """,
                all.toString());
    }
}
