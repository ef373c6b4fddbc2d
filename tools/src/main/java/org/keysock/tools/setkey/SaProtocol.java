package org.keysock.tools.setkey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.SaType;

/** The words for SA types; those of RFC 1826 and 1827 are types with a flag. */
enum SaProtocol {
    ESP("esp", 3, 0, false),
    AH("ah", 2, 0, false),
    IPCOMP("ipcomp", 9, 0, false),
    ESP_UDP("esp-udp", 3, 0, true),
    ESP_OLD("esp-old", 3, SaOptions.OLD, false),
    AH_OLD("ah-old", 2, SaOptions.OLD, false),
    TCP("tcp", 11, 0, false);

    private final String word;
    private final int number;
    private final int flags;
    private final boolean encapsulated;

    SaProtocol(String word, int number, int flags, boolean encapsulated) {
        this.word = word;
        this.number = number;
        this.flags = flags;
        this.encapsulated = encapsulated;
    }

    /** The type that the next word names. */
    static SaProtocol read(Tokens tokens) throws ScriptError {
        SaProtocol named = named(tokens.peek());
        if (named == null) {
            throw ScriptError.syntax(tokens.peek());
        }
        tokens.next();
        return named;
    }

    /** The type of a word, or null. */
    static @Nullable SaProtocol named(Token token) {
        for (SaProtocol row : values()) {
            if (token.is(row.word)) {
                return row;
            }
        }
        return null;
    }

    SaType saType() {
        return Numbers.saType(number);
    }

    /** What it adds to {@code sadb_sa_flags}. */
    int flags() {
        return flags;
    }

    /** Whether it is ESP in UDP. */
    boolean encapsulated() {
        return encapsulated;
    }
}
