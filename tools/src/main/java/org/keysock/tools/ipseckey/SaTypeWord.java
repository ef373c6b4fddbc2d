package org.keysock.tools.ipseckey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.text.NumberText;

/**
 * An SA type as a command names it, solaris.md 4.6.
 *
 * @param number as typed; the original shows it so, and sends its low 8 bits
 */
record SaTypeWord(long number) {

    /** All types, or none. */
    static final SaTypeWord ALL = new SaTypeWord(0);

    private static final Map<String, SaTypeWord> WORDS =
            Map.of("all", ALL, "ah", new SaTypeWord(2), "esp", new SaTypeWord(3));

    /** The type that a word names, or null. */
    static @Nullable SaTypeWord of(String word) {
        for (Map.Entry<String, SaTypeWord> known : WORDS.entrySet()) {
            if (word.equalsIgnoreCase(known.getKey())) {
                return known.getValue();
            }
        }
        Long number = NumberText.parse(word);
        return number == null ? null : new SaTypeWord(number);
    }

    /**
     * The words for types.
     *
     * @param specific whether only types of one kind of SA are wanted
     */
    static List<String> words(boolean specific) {
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, SaTypeWord> known : WORDS.entrySet()) {
            if (!specific || known.getValue().specific()) {
                words.add(known.getKey());
            }
        }
        return words;
    }

    /** Whether it is the type of one kind of SA. */
    boolean specific() {
        return (number & 0xff) != 0;
    }

    /** Whether it is no type at all, but its low 8 bits mean all types. */
    boolean cutToAll() {
        return number != 0 && !specific();
    }

    /** The type as it goes into a message. */
    SaType saType() {
        return Numbers.saType((int) (number & 0xff));
    }

    /** A type in the words of the language: {@code esp}, {@code ah}, else its number. */
    static String text(SaType saType) {
        if (saType == SaType.ESP) {
            return "esp";
        }
        return saType == SaType.AH ? "ah" : Integer.toString(Numbers.of(saType));
    }
}
