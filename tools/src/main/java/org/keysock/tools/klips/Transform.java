package org.keysock.tools.klips;

import org.jspecify.annotations.Nullable;

/**
 * What an action makes of an SA: the numbers of its algorithms, 0 for none, and with each number of
 * a key that it takes one (klips.md 5.2).
 *
 * @param keyed whether the algorithms take keys
 */
record Transform(int auth, int encrypt, boolean keyed) {

    /** A tunnel. */
    static final Transform NONE = new Transform(0, 0, false);

    private static final int MD5 = 2;
    private static final int SHA1 = 3;
    private static final int TRIPLE_DES = 3;
    private static final int DEFLATE = 2;

    /** Of {@code --ah}; throws what is to be said of a name that is none. */
    static Transform ofAh(String name, Tool tool) throws Stop {
        return switch (name) {
            case "hmac-md5-96" -> new Transform(MD5, 0, true);
            case "hmac-sha1-96" -> new Transform(SHA1, 0, true);
            default ->
                    throw tool.fail(
                            "Unknown authentication algorithm '"
                                    + name
                                    + "' follows '--ah' option.");
        };
    }

    /** Of {@code --comp}; throws what is to be said of a name that is none. */
    static Transform ofComp(String name, Tool tool) throws Stop {
        if (name.equals("deflate")) {
            return new Transform(0, DEFLATE, false);
        }
        throw tool.fail("Unknown compression algorithm '" + name + "' follows '--comp' option.");
    }

    /** Of the names of {@code --esp} that the command itself knows; else null. */
    static @Nullable Transform ofEsp(String name) {
        return switch (name) {
            case "3des" -> new Transform(0, TRIPLE_DES, true);
            case "3des-md5-96" -> new Transform(MD5, TRIPLE_DES, true);
            case "3des-sha1-96" -> new Transform(SHA1, TRIPLE_DES, true);
            default -> null;
        };
    }
}
