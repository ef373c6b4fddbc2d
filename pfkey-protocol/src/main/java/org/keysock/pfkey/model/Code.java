package org.keysock.pfkey.model;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a PF_KEY number space, by meaning: the same meaning may have different numbers in
 * two dialects, and the same number two meanings. An entry is either <em>known</em>, one of the
 * constants of its class, or <em>unknown</em>: a number that the dialect of the message has no name
 * for, carried along so that it survives a round trip.
 *
 * <p>Known entries are compared by identity, unknown ones by number.
 */
public abstract sealed class Code
        permits MessageType,
                SaType,
                SaState,
                ExtensionType,
                IdentityType,
                Errno,
                AuthAlgorithm,
                EncryptionAlgorithm {

    private final @Nullable String name;
    private final int value;

    /** A known entry; {@code ordinal} counts the known entries of the class from 0. */
    Code(String name, int ordinal) {
        this.name = name;
        this.value = ordinal;
    }

    /** An unknown entry that is only a number. */
    Code(int number) {
        this.name = null;
        this.value = number;
    }

    /** Whether this entry has a meaning, rather than being only a number. */
    public final boolean known() {
        return name != null;
    }

    /**
     * Position among the known entries of this class, from 0; for tables indexed by meaning.
     *
     * @throws IllegalStateException if this entry is unknown
     */
    public final int ordinal() {
        if (name == null) {
            throw new IllegalStateException("an unknown number has no ordinal: " + this);
        }
        return value;
    }

    /**
     * The number itself, of an unknown entry.
     *
     * @throws IllegalStateException if this entry is known: its number depends on the dialect
     */
    public final int number() {
        if (name != null) {
            throw new IllegalStateException(name + " has no number outside a dialect");
        }
        return value;
    }

    /** The field's own name, such as {@code GETSPI}; {@code unknown(77)} for an unknown number. */
    @Override
    public final String toString() {
        return name != null ? name : "unknown(" + value + ")";
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (name == null
                        && other instanceof Code code
                        && code.name == null
                        && code.getClass() == getClass()
                        && code.value == value);
    }

    @Override
    public final int hashCode() {
        return name != null ? System.identityHashCode(this) : value * 31 + getClass().hashCode();
    }
}
