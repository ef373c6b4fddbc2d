package org.keysock.kernel.engine.hostile;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Records by their bytes, of a little-endian host, in what all three dialects have in common. */
final class Bytes {

    static final int ESP = 3;
    static final int PID = 4711;
    static final int WORD = 8;
    static final int BASE = 16;

    private static final int GETSPI = 1;
    private static final int ADD = 3;
    private static final int GET = 5;
    private static final int REGISTER = 7;
    private static final int DUMP = 10;
    private static final int SPDADD = 14;
    private static final int MIGRATE = 24;

    private Bytes() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] message(int type, int saType, byte[]... extensions) {
        byte[] all = joined(new byte[BASE], joined(extensions));
        all[0] = 2;
        all[1] = (byte) type;
        all[3] = (byte) saType;
        put16(all, 4, all.length / WORD);
        put16(all, 8, 77);
        put16(all, 12, PID);
        return all;
    }

    /** An extension of that body, which is padded. */
    static byte[] extension(int type, String body) {
        byte[] given = hex(body);
        byte[] all = new byte[(4 + given.length + WORD - 1) / WORD * WORD];
        put16(all, 0, all.length / WORD);
        put16(all, 2, type);
        System.arraycopy(given, 0, all, 4, given.length);
        return all;
    }

    static void put16(byte[] record, int at, int value) {
        record[at] = (byte) value;
        record[at + 1] = (byte) (value >> 8);
    }

    static int get16(byte[] record, int at) {
        return (record[at] & 0xff) | (record[at + 1] & 0xff) << 8;
    }

    /** Where the extension of that type begins. */
    static int find(byte[] record, int type) {
        int at = BASE;
        while (get16(record, at + 2) != type) {
            at += WORD * get16(record, at);
        }
        return at;
    }

    // Extensions.

    /** DES-CBC with HMAC-MD5. */
    static byte[] sa(int spi) {
        return extension(1, String.format("%08x 00010202 00000000", spi));
    }

    static byte[] address(int type, String ip) {
        return extension(type, "00200000 02000000" + ip + "0000000000000000");
    }

    static final byte[] SRC = address(5, "0a000001");
    static final byte[] DST = address(6, "0a000002");
    static final byte[] AUTH_KEY = extension(8, "80000000 000102030405060708090a0b0c0d0e0f");
    static final byte[] CIPHER_KEY = extension(9, "40000000 bf02928f7cef2938");
    static final byte[] HARD = extension(3, lifetime(3600));
    static final byte[] SOFT = extension(4, lifetime(2880));
    static final byte[] SRC_ID = identity(10);
    static final byte[] DST_ID = identity(11);
    static final byte[] SENSITIVITY = extension(12, "01000000 01010201 00000000" + "11".repeat(16));

    private static String lifetime(int addTime) {
        byte[] seconds = new byte[8];
        put16(seconds, 0, addTime);
        return "00000000" + "00".repeat(8) + HexFormat.of().formatHex(seconds) + "00".repeat(8);
    }

    /** FQDN "host.example". */
    private static byte[] identity(int type) {
        return extension(type, "02000000 0000000000000000 686f73742e6578616d706c65 00");
    }

    // Requests.

    static byte[] add(int spi) {
        return message(ADD, ESP, sa(spi), SRC, DST, AUTH_KEY, CIPHER_KEY, HARD, SOFT);
    }

    /** With identities. */
    static byte[] described(int spi) {
        return extended(add(spi), SRC_ID, DST_ID);
    }

    /** A message with more extensions behind it. */
    static byte[] extended(byte[] message, byte[]... extensions) {
        byte[] all = joined(message, joined(extensions));
        put16(all, 4, all.length / WORD);
        return all;
    }

    static byte[] get(int spi) {
        return message(GET, ESP, sa(spi), SRC, DST);
    }

    static byte[] getSpi() {
        return message(GETSPI, ESP, SRC, DST, extension(16, "00100000 00200000 00000000"));
    }

    static byte[] register() {
        return message(REGISTER, ESP);
    }

    static byte[] dump() {
        return message(DUMP, ESP);
    }

    // Requests that Linux alone has.

    /** IPsec, out. */
    static byte[] policy(String requests) {
        return extension(18, "0200 02 00 00000000 00000080" + requests);
    }

    static final String TRANSPORT = "1000 3200 01 02 0000 00000000 00000000";
    static final String TUNNEL =
            "3000 3200 02 02 0000 00000000 00000000"
                    + "02000000 c0000201 0000000000000000 02000000 c0000202 0000000000000000";

    static byte[] policyAdd(byte[] policy, byte[]... more) {
        return message(SPDADD, 0, policy, SRC, DST, joined(more));
    }

    static byte[] migrate(byte[] policy, byte[]... more) {
        return message(MIGRATE, 0, policy, SRC, DST, joined(more));
    }

    static byte[] filteredDump(String filter) {
        return message(DUMP, ESP, extension(26, filter));
    }
}
