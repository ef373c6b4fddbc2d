package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Fault;

/** What is well formed in a dialect: its framing, and its extensions by number. */
final class Grammar {

    /** Bytes of an extension's length and type. */
    static final int EXTENSION_HEADER = 4;

    /** Sets of extension numbers are kept in the bits of a long. */
    private static final int MAX_NUMBER = 63;

    private final Framing framing;
    private final @Nullable ExtensionRow[] rows;
    private final WalkFaults faults;
    private final @Nullable MessageRules rules;

    /**
     * What the walk over the extensions may say.
     *
     * @param zeroType type 0; null: it is carried like an unknown one
     * @param unknownType a type without a row; null: it is carried
     * @param length an extension of no length, or one that reaches past the message
     */
    record WalkFaults(@Nullable Fault zeroType, @Nullable Fault unknownType, Fault length) {

        /** What is said to an extension without a row, of {@code length} in {@code room} bytes. */
        @Nullable Fault stray(int number, int length, int room) {
            Fault fault = number == 0 ? zeroType : unknownType;
            return fault == null && (length == 0 || length > room) ? this.length : fault;
        }
    }

    Grammar(Framing framing, List<ExtensionRow> table, WalkFaults faults) {
        this(framing, table, faults, null);
    }

    /** A grammar whose parser also knows which message has which extensions. */
    Grammar(
            Framing framing,
            List<ExtensionRow> table,
            WalkFaults faults,
            @Nullable MessageRules rules) {
        this.rules = rules;
        this.framing = framing;
        this.faults = faults;
        int max = 0;
        for (ExtensionRow row : table) {
            max = Math.max(max, row.number());
        }
        if (max > MAX_NUMBER) {
            throw new IllegalArgumentException("extension number " + max);
        }
        rows = new @Nullable ExtensionRow[max + 1];
        for (ExtensionRow row : table) {
            rows[row.number()] = row;
        }
    }

    /** The grammar of what kernels write: lengths must be right, and nothing else. */
    static Grammar lenient(List<ExtensionRow> table, Fault tooShort, Fault length) {
        List<ExtensionRow> rows = new ArrayList<>(table.size());
        for (ExtensionRow row : table) {
            rows.add(row.lenient());
        }
        return new Grammar(
                Framing.lenient(tooShort, length), rows, new WalkFaults(null, null, length));
    }

    Framing framing() {
        return framing;
    }

    WalkFaults faults() {
        return faults;
    }

    /** What is asked of a message beyond its extensions one by one; null: nothing. */
    @Nullable MessageRules rules() {
        return rules;
    }

    /** The row of a number, or null. */
    @Nullable ExtensionRow row(int number) {
        return number < rows.length ? rows[number] : null;
    }
}
