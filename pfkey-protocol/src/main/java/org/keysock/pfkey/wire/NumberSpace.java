package org.keysock.pfkey.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Code;

/**
 * The numbers that one dialect gives to the entries of one number space, both ways. Numbers without
 * an entry become unknown entries, which keep their number.
 */
public final class NumberSpace<C extends Code> {

    private final Map<Integer, C> entries;
    private final IntFunction<C> unknown;
    private final Object[] byNumber;
    private final int[] byOrdinal;

    private NumberSpace(
            Map<Integer, C> entries, Map<C, Integer> shown, List<C> all, IntFunction<C> unknown) {
        this.entries = entries;
        this.unknown = unknown;
        byNumber = new Object[256];
        for (int number = 0; number < byNumber.length; number++) {
            C entry = entries.get(number);
            byNumber[number] = entry != null ? entry : unknown.apply(number);
        }
        byOrdinal = new int[all.size()];
        Arrays.fill(byOrdinal, -1);
        for (Map.Entry<C, Integer> row : shown.entrySet()) {
            byOrdinal[row.getKey().ordinal()] = row.getValue();
        }
        for (Map.Entry<Integer, C> row : entries.entrySet()) {
            byOrdinal[row.getValue().ordinal()] = row.getKey();
        }
    }

    /** The entry of a number, not negative; an unknown one if the dialect has none. */
    @SuppressWarnings("unchecked")
    public C code(int number) {
        return number < byNumber.length ? (C) byNumber[number] : unknown.apply(number);
    }

    /** The number of an entry, or -1 when the dialect has none for it. */
    public int number(C code) {
        return code.known() ? byOrdinal[code.ordinal()] : code.number();
    }

    /** The number of an entry, or {@code otherwise} when the dialect has none for it. */
    public int number(C code, int otherwise) {
        int number = number(code);
        return number < 0 ? otherwise : number;
    }

    /** Whether the dialect has a number for the entry. */
    public boolean has(C code) {
        return number(code) >= 0;
    }

    /** The entry the dialect gives that number, or null. */
    public @Nullable C entry(int number) {
        return entries.get(number);
    }

    /** A space to be filled; {@code all} are the known entries of the class. */
    static <C extends Code> Builder<C> of(List<C> all, IntFunction<C> unknown) {
        return new Builder<>(all, unknown);
    }

    /** Fills a space row by row. */
    static final class Builder<C extends Code> {
        private final Map<Integer, C> entries = new HashMap<>();
        private final Map<C, Integer> shown = new HashMap<>();
        private final List<C> all;
        private final IntFunction<C> unknown;

        private Builder(List<C> all, IntFunction<C> unknown) {
            this.all = all;
            this.unknown = unknown;
        }

        /** All rows of another space. */
        Builder<C> from(NumberSpace<C> other) {
            entries.putAll(other.entries);
            return this;
        }

        /** One row. */
        Builder<C> put(int number, C entry) {
            entries.put(number, entry);
            return this;
        }

        /** A row for writing only: what the dialect shows of an entry that it does not have. */
        Builder<C> show(C entry, int number) {
            shown.put(entry, number);
            return this;
        }

        NumberSpace<C> build() {
            return new NumberSpace<>(Map.copyOf(entries), Map.copyOf(shown), all, unknown);
        }
    }
}
