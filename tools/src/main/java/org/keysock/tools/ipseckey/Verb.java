package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.MessageType;

/** The commands, solaris.md 4.5. */
@SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
enum Verb {
    ADD("add", MessageType.ADD),
    UPDATE("update", MessageType.UPDATE),
    UPDATE_PAIR("update-pair", MessageType.X_UPDATEPAIR),
    DELETE("delete", MessageType.DELETE),
    DELETE_PAIR("delete-pair", MessageType.X_DELPAIR),
    GET("get", MessageType.GET),
    FLUSH("flush", MessageType.FLUSH),
    DUMP("dump", MessageType.DUMP),
    SAVE("save", MessageType.DUMP),
    MONITOR("monitor", MessageType.X_PROMISC),
    PASSIVE_MONITOR("passive_monitor", null, "pmonitor"),
    HELP("help", null, "?"),
    QUIT("quit", null, "exit");

    private final String word;
    private final @Nullable MessageType message;
    private final String[] synonyms;

    Verb(String word, @Nullable MessageType message, String... synonyms) {
        this.word = word;
        this.message = message;
        this.synonyms = synonyms;
    }

    /** The verb of that name or synonym, case counts; null when there is none. */
    static @Nullable Verb of(String word) {
        for (Verb verb : values()) {
            if (verb.word.equals(word)) {
                return verb;
            }
            for (String synonym : verb.synonyms) {
                if (synonym.equals(word)) {
                    return verb;
                }
            }
        }
        return null;
    }

    /** The command's first name. */
    String word() {
        return word;
    }

    /** The first name and its synonyms. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(synonyms));
        names.add(0, word);
        return names;
    }

    /** Whether that token may stand behind it. */
    boolean takes(Token token) {
        return token.use() == Token.Use.ANY
                ? namesSas()
                : token.use() == Token.Use.CHANGE && changes();
    }

    /** The message it sends, or null when it sends none. */
    @Nullable MessageType message() {
        return message;
    }

    /** Whether it brings an SA's contents, keys perhaps: add, update, update-pair. */
    boolean changes() {
        return this == ADD || this == UPDATE || this == UPDATE_PAIR;
    }

    /** Whether it is about SAs that its words name. */
    boolean namesSas() {
        return changes() || this == DELETE || this == DELETE_PAIR || this == GET;
    }

    /** Whether the word behind it is an SA type. */
    boolean hasSaType() {
        return namesSas() || this == FLUSH || this == DUMP || this == SAVE;
    }
}
