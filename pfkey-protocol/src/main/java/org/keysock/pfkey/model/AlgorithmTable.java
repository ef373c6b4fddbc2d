package org.keysock.pfkey.model;

import static org.keysock.pfkey.model.Algorithm.Kind.AUTH;
import static org.keysock.pfkey.model.Algorithm.Kind.COMPRESS;
import static org.keysock.pfkey.model.Algorithm.Kind.ENCRYPT;
import static org.keysock.pfkey.model.Algorithm.Kind.TUNNEL;
import static org.keysock.pfkey.model.Algorithm.Offer.LISTED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms of one dialect: the only table of them. The codec takes its numbers from here,
 * REGISTER its lists, ADD its key lengths, printers their names.
 *
 * <p>Rows of one kind stand in the order in which the dialect's kernel lists them.
 */
public final class AlgorithmTable {

    private final DialectName dialect;
    private final boolean saltCounted;
    private final List<Algorithm> rows;
    private final int[] highest;

    /**
     * A table.
     *
     * @param highest the highest number the dialect lets into each kind of number space, by ordinal
     *     of {@link Algorithm.Kind}
     */
    AlgorithmTable(DialectName dialect, boolean saltCounted, List<Algorithm> rows, int... highest) {
        this.dialect = dialect;
        this.saltCounted = saltCounted;
        this.rows = List.copyOf(rows);
        this.highest = highest.clone();
    }

    /** The table of a dialect. */
    public static AlgorithmTable of(DialectName dialect) {
        return switch (dialect) {
            case RFC2367 -> Rfc2367Algorithms.TABLE;
            case SOLARIS -> SolarisAlgorithms.TABLE;
            case LINUX -> LinuxAlgorithms.TABLE;
            case KLIPS -> KlipsAlgorithms.TABLE;
        };
    }

    /** Whose table this is. */
    public DialectName dialect() {
        return dialect;
    }

    /**
     * Whether key lengths count the salt: they do on Linux, where an AES-CTR key has 160 bits, and
     * do not in Solaris' lists, where an AES-GCM key has 128 bits and 32 bits of salt.
     */
    public boolean saltCounted() {
        return saltCounted;
    }

    /** All rows. */
    public List<Algorithm> rows() {
        return rows;
    }

    /** The rows of one kind, in the dialect's order. */
    public List<Algorithm> rows(Algorithm.Kind kind) {
        List<Algorithm> found = new ArrayList<>();
        for (Algorithm row : rows) {
            if (row.kind() == kind) {
                found.add(row);
            }
        }
        return Collections.unmodifiableList(found);
    }

    /** The rows of one kind that REGISTER lists, in the dialect's order. */
    public List<Algorithm> listed(Algorithm.Kind kind) {
        List<Algorithm> found = new ArrayList<>();
        for (Algorithm row : rows(kind)) {
            if (row.offer() == Algorithm.Offer.LISTED) {
                found.add(row);
            }
        }
        return Collections.unmodifiableList(found);
    }

    /** The row of an algorithm, or null when the dialect has no number for it. */
    public @Nullable Algorithm find(Code code) {
        for (Algorithm row : rows) {
            if (row.code() == code) {
                return row;
            }
        }
        return null;
    }

    /** The row of a name, in any case, or null. */
    public @Nullable Algorithm named(Algorithm.Kind kind, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Algorithm row : rows) {
            if (row.kind() == kind && row.names().contains(wanted)) {
                return row;
            }
        }
        return null;
    }

    /**
     * The highest number that the dialect counts as an algorithm at all; Linux answers ENOSYS to
     * numbers up to it that it cannot serve, and EINVAL to those above.
     */
    public int highest(Algorithm.Kind kind) {
        return highest[kind.ordinal()];
    }

    /** An authentication algorithm. */
    static Algorithm auth(
            int number,
            AuthAlgorithm code,
            Algorithm.Offer offer,
            int minBits,
            int maxBits,
            int icvBytes,
            String... names) {
        return new Algorithm(
                code, AUTH, number, offer, minBits, maxBits, 0, 0, 0, icvBytes, List.of(names));
    }

    /** An encryption algorithm. */
    static Algorithm cipher(
            int number,
            EncryptionAlgorithm code,
            Algorithm.Offer offer,
            int minBits,
            int maxBits,
            int increment,
            int saltBits,
            int ivBytes,
            int icvBytes,
            String... names) {
        return new Algorithm(
                code,
                ENCRYPT,
                number,
                offer,
                minBits,
                maxBits,
                increment,
                saltBits,
                ivBytes,
                icvBytes,
                List.of(names));
    }

    /** What a tunnel can carry: addresses of {@code inner} bits in such of {@code outer} bits. */
    static Algorithm tunnel(int number, EncryptionAlgorithm code, int inner, int outer) {
        List<String> names = List.of(code.toString().toLowerCase(Locale.ROOT));
        return new Algorithm(code, TUNNEL, number, LISTED, inner, outer, 0, 0, 0, 0, names);
    }

    /** A compression algorithm. */
    static Algorithm compression(
            int number, EncryptionAlgorithm code, Algorithm.Offer offer, String name) {
        return new Algorithm(code, COMPRESS, number, offer, 0, 0, 0, 0, 0, 0, List.of(name));
    }
}
