package org.keysock.kernel.engine.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.DialectName;

/**
 * A length that is believed: each length in a request that says what is not so. Refused before
 * anything is done, or taken for what is there; never more is read than there is.
 */
final class LengthsTest {

    private static final int SA = 1;
    private static final int HARD = 3;
    private static final int SRC = 5;
    private static final int AUTH = 8;
    private static final int CIPHER = 9;
    private static final int SRC_ID = 10;
    private static final int SENSITIVITY = 12;
    private static final int SPI = 0x3000;

    /**
     * A request with a wrong length.
     *
     * @param fates how it fares: rfc2367, solaris, linux
     */
    private record Wrong(String what, byte[] record, String fates) {}

    private static byte[] changed(byte[] record, Consumer<byte[]> change) {
        byte[] copy = record.clone();
        change.accept(copy);
        return copy;
    }

    /** An ADD with one 16-bit field of an extension changed. */
    private static byte[] add(int type, int offset, int value) {
        return changed(
                Bytes.described(SPI),
                record -> Bytes.put16(record, Bytes.find(record, type) + offset, value));
    }

    private static final List<Wrong> BASE =
            List.of(
                    new Wrong("nothing", new byte[0], "send EMSGSIZE, nothing, send EMSGSIZE"),
                    new Wrong(
                            "half a header", new byte[8], "send EMSGSIZE, nothing, send EMSGSIZE"),
                    new Wrong("length 0", base(0), "EMSGSIZE, EMSGSIZE, send EMSGSIZE"),
                    new Wrong("length 1", base(1), "EMSGSIZE, EMSGSIZE, send EMSGSIZE"),
                    new Wrong("header alone", base(2), "EMSGSIZE, EMSGSIZE, send EMSGSIZE"),
                    new Wrong(
                            "a word less",
                            base(Bytes.described(SPI).length / 8 - 1),
                            "EMSGSIZE, EMSGSIZE, send EMSGSIZE"),
                    new Wrong(
                            "a word more",
                            base(Bytes.described(SPI).length / 8 + 1),
                            "EMSGSIZE, EMSGSIZE, send EMSGSIZE"),
                    new Wrong("most", base(0xffff), "EMSGSIZE, EMSGSIZE, send EMSGSIZE"));

    private static byte[] base(int words) {
        return changed(Bytes.described(SPI), record -> Bytes.put16(record, 4, words));
    }

    private static final List<Wrong> EXTENSIONS =
            List.of(
                    new Wrong("SA of 0", add(SA, 0, 0), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("SA of 1", add(SA, 0, 1), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("SA of 3, into the next", add(SA, 0, 3), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("SA to beyond the end", add(SA, 0, 200), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("SA of most", add(SA, 0, 0xffff), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("lifetime of 1", add(HARD, 0, 1), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("lifetime of 3", add(HARD, 0, 3), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("address without sockaddr", add(SRC, 0, 1), "EINVAL, EINVAL, EINVAL"),
                    new Wrong(
                            "address of half a sockaddr", add(SRC, 0, 2), "EINVAL, EINVAL, EINVAL"),
                    new Wrong(
                            "IPv6 in the room of IPv4", add(SRC, 8, 10), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("Solaris' IPv6 likewise", add(SRC, 8, 26), "EINVAL, EINVAL, EINVAL"),
                    new Wrong(
                            "more key bits than bytes",
                            add(AUTH, 4, 129),
                            "EINVAL, EINVAL, EINVAL"),
                    new Wrong("most key bits", add(AUTH, 4, 0xffff), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("no key bits", add(AUTH, 4, 0), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("odd key bits", add(AUTH, 4, 127), "EINVAL, EINVAL, OK"),
                    new Wrong(
                            "fewer key bits than bytes",
                            add(CIPHER, 4, 8),
                            "EINVAL, EINVAL, EINVAL"),
                    new Wrong("key without key", add(CIPHER, 0, 1), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("identity of 1", add(SRC_ID, 0, 1), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("identity without NUL", unended(), "OK, OK, OK"),
                    new Wrong("sensitivity bitmap of 255", label(8), "EINVAL, EINVAL, OK"),
                    new Wrong("integrity bitmap of 255", label(10), "EINVAL, EINVAL, OK"),
                    new Wrong("SPI range of 1", spiRange(1), "EINVAL, EINVAL, EINVAL"),
                    new Wrong("SPI range of 3", spiRange(3), "EINVAL, EINVAL, EINVAL"));

    private static byte[] unended() {
        return changed(
                Bytes.described(SPI),
                record -> {
                    int at = Bytes.find(record, SRC_ID);
                    int end = at + Bytes.WORD * Bytes.get16(record, at);
                    for (int each = at + 16; each < end; each++) {
                        record[each] = 'x';
                    }
                });
    }

    private static byte[] label(int offset) {
        return changed(
                Bytes.extended(Bytes.add(SPI), Bytes.SENSITIVITY),
                record -> Bytes.put16(record, Bytes.find(record, SENSITIVITY) + offset, 0xff02));
    }

    private static byte[] spiRange(int words) {
        return changed(
                Bytes.getSpi(), record -> Bytes.put16(record, Bytes.find(record, 16), words));
    }

    private static Wrong policy(String what, String request, String fate) {
        return new Wrong(what, Bytes.policyAdd(Bytes.policy(request)), fate);
    }

    private static Wrong policyOf(int words) {
        byte[] policy = Bytes.policy(Bytes.TUNNEL);
        Bytes.put16(policy, 0, words);
        return new Wrong("policy of " + words, Bytes.policyAdd(policy), "EINVAL");
    }

    private static String length(String request, String hex) {
        return hex + request.substring(4);
    }

    /** What Linux alone has. */
    private static final List<Wrong> LINUX =
            List.of(
                    policyOf(0),
                    policyOf(1),
                    policyOf(2),
                    policyOf(3),
                    policyOf(7),
                    policyOf(9),
                    policyOf(0xffff),
                    policy("request of 0", length(Bytes.TRANSPORT, "0000"), "EINVAL"),
                    policy("request of 8", length(Bytes.TRANSPORT, "0800"), "EINVAL"),
                    policy("request of 15", length(Bytes.TRANSPORT, "0f00"), "EINVAL"),
                    policy("request of 17", length(Bytes.TRANSPORT, "1100"), "EINVAL"),
                    policy("request of most", length(Bytes.TRANSPORT, "ffff"), "EINVAL"),
                    policy("tunnel of 16", length(Bytes.TUNNEL, "1000"), "EINVAL"),
                    policy("tunnel of 32", length(Bytes.TUNNEL, "2000"), "EINVAL"),
                    policy(
                            "tunnel without addresses",
                            length(Bytes.TUNNEL, "1000").substring(0, 38),
                            "EINVAL"),
                    policy(
                            "IPv6 tunnel of 48",
                            Bytes.TUNNEL.replace("02000000 c", "0a000000 c"),
                            "EINVAL"),
                    policy("7 requests", Bytes.TRANSPORT.repeat(7), "ELOOP"),
                    policy("4000 requests", Bytes.TRANSPORT.repeat(4000), "ELOOP"),
                    context("0800", "OK"),
                    context("0000", "EINVAL"),
                    context("0900", "EINVAL"),
                    context("ffff", "EINVAL"),
                    migration("no request", "", "EINVAL"),
                    migration("one", Bytes.TUNNEL, "EINVAL"),
                    migration(
                            "one and a half",
                            Bytes.TUNNEL + Bytes.TUNNEL.substring(0, 40),
                            "EINVAL"),
                    migration("second of 0", Bytes.TUNNEL + length(Bytes.TUNNEL, "0000"), "EINVAL"),
                    migration(
                            "second of most",
                            Bytes.TUNNEL + length(Bytes.TUNNEL, "ffff"),
                            "EINVAL"),
                    kmAddress("no address", "00000000", "EINVAL"),
                    kmAddress(
                            "one address",
                            "00000000" + "02000000 0a000001" + "00".repeat(8),
                            "EINVAL"),
                    kmAddress(
                            "IPv6 of 16",
                            "00000000" + ("0a000000 0a000001" + "00".repeat(8)).repeat(2),
                            "EINVAL"),
                    new Wrong("filter of 2", Bytes.filteredDump("00".repeat(12)), "EINVAL"),
                    new Wrong("filter of 6", Bytes.filteredDump("00".repeat(44)), "OK"));

    private static Wrong context(String length, String fate) {
        byte[] context = Bytes.extension(24, "0101" + length + "61626364656667 00");
        byte[] request = Bytes.policyAdd(Bytes.policy(Bytes.TRANSPORT), context);
        return new Wrong("context of " + length, request, fate);
    }

    private static Wrong migration(String what, String requests, String fate) {
        return new Wrong("migrate: " + what, Bytes.migrate(Bytes.policy(requests)), fate);
    }

    private static Wrong kmAddress(String what, String body, String fate) {
        String pair = Bytes.TUNNEL + Bytes.TUNNEL;
        return new Wrong(
                "kmaddress: " + what,
                Bytes.migrate(Bytes.policy(pair), Bytes.extension(25, body)),
                fate);
    }

    @Test
    void ofTheMessage() {
        compare(BASE, DialectName.RFC2367, DialectName.SOLARIS, DialectName.LINUX);
    }

    @Test
    void ofExtensions() {
        compare(EXTENSIONS, DialectName.RFC2367, DialectName.SOLARIS, DialectName.LINUX);
    }

    @Test
    void insideExtensionsOfLinux() {
        compare(LINUX, DialectName.LINUX);
    }

    private static void compare(List<Wrong> rows, DialectName... dialects) {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (Wrong row : rows) {
            List<String> fates = new ArrayList<>();
            for (DialectName dialect : dialects) {
                fates.add(fate(row, dialect));
            }
            expected.add(row.what() + ": " + row.fates());
            actual.add(row.what() + ": " + String.join(", ", fates));
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }

    /** How it fares; what was there before is there afterwards, and answers are as they were. */
    private static String fate(Wrong row, DialectName dialect) {
        Host host = new Host();
        assertEquals("OK", host.fate(dialect, Bytes.add(0x2000)));
        List<byte[]> before = host.asks(dialect, Bytes.get(0x2000));
        String fate = host.fate(dialect, row.record());
        host.bystandersHear();
        List<byte[]> after = host.asks(dialect, Bytes.get(0x2000));
        assertArrayEquals(before.toArray(), after.toArray(), row.what());
        assertEquals(fate.equals("OK") && row.record()[1] == 3 ? 2 : 1, sas(host, row), row.what());
        return fate;
    }

    private static int sas(Host host, Wrong row) {
        boolean larval = row.record().length > 1 && row.record()[1] == 1;
        return larval ? Math.min(host.sas(), 1) : host.sas();
    }
}
