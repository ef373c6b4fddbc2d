package org.keysock.tools.klips;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** The table {@code pf_key_supported}: which lengths of keys the kernel takes (klips.md 6.8). */
final class SupportedTable {

    private static final int ESP = 3;
    private static final int SUPPORTED_AUTH = 14;
    private static final int SUPPORTED_ENCRYPT = 15;
    private static final int FIELDS = 6;

    /** Bits of a key, both 0 for an algorithm that is not in the table. */
    record Range(int min, int max) {
        private static final Range NONE = new Range(0, 0);
    }

    /** satype, exttype, alg_id, ivlen, minbits, maxbits. */
    private final List<int[]> rows = new ArrayList<>();

    private SupportedTable(String text) {
        for (String line : text.split("\n", -1)) {
            int[] row = row(line);
            if (row != null) {
                rows.add(row);
            }
        }
    }

    /** The numbers of a line, or null when it has none, as the heading. */
    private static int @Nullable [] row(String line) {
        StringTokenizer words = new StringTokenizer(line);
        if (words.countTokens() < FIELDS) {
            return null;
        }
        int[] row = new int[FIELDS];
        for (int index = 0; index < FIELDS; index++) {
            try {
                row[index] = Integer.parseInt(words.nextToken());
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return row;
    }

    /** The kernel's table, or null when it cannot be read. */
    static @Nullable SupportedTable read(Machine machine) {
        try (InputStream in = machine.table("pf_key_supported")) {
            return new SupportedTable(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (CallFailed | IOException e) {
            return null;
        }
    }

    /** Of a cipher of ESP. */
    Range encryption(int algorithm) {
        return range(SUPPORTED_ENCRYPT, algorithm);
    }

    /** Of a hash of ESP. */
    Range authentication(int algorithm) {
        return range(SUPPORTED_AUTH, algorithm);
    }

    private Range range(int extension, int algorithm) {
        for (int[] row : rows) {
            if (row[0] == ESP && row[1] == extension && row[2] == algorithm) {
                return new Range(row[4], row[5]);
            }
        }
        return Range.NONE;
    }
}
