package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.SaState;

/** The states that have a word in the language, ipseckey(1M); the others have numbers only. */
@SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
enum StateWord {
    LARVAL(SaState.LARVAL),
    MATURE(SaState.MATURE),
    DYING(SaState.DYING),
    DEAD(SaState.DEAD);

    private final SaState state;

    StateWord(SaState state) {
        this.state = state;
    }

    /** The state of that word, case counts; null when there is none. */
    static @Nullable SaState state(String word) {
        for (StateWord known : values()) {
            if (known.word().equals(word)) {
                return known.state;
            }
        }
        return null;
    }

    /** All words. */
    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (StateWord known : values()) {
            words.add(known.word());
        }
        return words;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
