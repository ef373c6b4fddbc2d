package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.text.NumberText;

/** Numbers as these tools take them: C's, 0 for an empty word, cut to 32 bits (klips.md 5.1). */
final class CNumber {

    private CNumber() {}

    /** The number that a word stands for, or null when it is none. */
    static @Nullable Integer parse(String word) {
        if (word.isEmpty()) {
            return 0;
        }
        Long number = NumberText.saturated(word);
        return number == null ? null : (Integer) number.intValue();
    }
}
