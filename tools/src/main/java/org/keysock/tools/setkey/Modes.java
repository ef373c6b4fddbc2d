package org.keysock.tools.setkey;

/** The modes of SAs and of policies' requests by their numbers: section 3.4. */
final class Modes {

    private static final String[] WORDS = {"any", "transport", "tunnel"};

    private Modes() {}

    /** The number of a word, or -1. */
    static int number(String word) {
        for (int mode = 0; mode < WORDS.length; mode++) {
            if (WORDS[mode].equals(word)) {
                return mode;
            }
        }
        return -1;
    }

    /** The word of a number; the number itself where there is none. */
    static String word(int mode) {
        return mode < WORDS.length ? WORDS[mode] : Integer.toString(mode);
    }
}
