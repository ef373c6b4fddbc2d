package org.keysock.tools.setkey;

/** The words of policies and their numbers: rfc2367-linux-kame.md sections 3.4 and 12.4. */
@SuppressWarnings("ImmutableEnumChecker") // nothing in here is ever written to
enum PolicyTerms {
    /** Directions; the last two are those of per-socket policies, which nobody writes. */
    DIRECTIONS("any", "in", "out", "fwd", "in(socket)", "out(socket)"),
    /** What a policy does. */
    ACTIONS("discard", "none", "ipsec", "entrust", "bypass"),
    /** How much a request is wanted. */
    LEVELS("default", "use", "require", "unique"),
    /** What a request asks for. */
    PROTOCOLS {
        @Override
        int number(String word) {
            return switch (word) {
                case "esp" -> 50;
                case "ah" -> 51;
                case "ipcomp" -> 108;
                default -> -1;
            };
        }

        @Override
        String word(int number) {
            return switch (number) {
                case 50 -> "esp";
                case 51 -> "ah";
                case 108 -> "ipcomp";
                default -> Integer.toString(number);
            };
        }
    };

    /** IPSEC_DIR_INBOUND. */
    static final int IN = 1;

    /** IPSEC_DIR_OUTBOUND. */
    static final int OUT = 2;

    /** IPSEC_DIR_FWD. */
    static final int FORWARD = 3;

    /** IPSEC_LEVEL_UNIQUE. */
    static final int UNIQUE = 3;

    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final String[] words;

    PolicyTerms(String... words) {
        this.words = words;
    }

    /** The number of a word, or -1. */
    int number(String word) {
        for (int number = 0; number < words.length; number++) {
            if (words[number].equals(word)) {
                return number;
            }
        }
        return -1;
    }

    /** The word of a number; the number itself where there is none. */
    String word(int number) {
        return number < words.length ? words[number] : Integer.toString(number);
    }
}
