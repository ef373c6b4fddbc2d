package org.keysock.kernel.crypto;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Code;

/**
 * A selection table: who can carry out an algorithm, first the one to be preferred (decisions.md
 * 22). The property {@code pfkey.crypto}, or {@code pfkey.crypto.ALGORITHM} for one of them,
 * prefers another: {@code jdk} or {@code bc}. One that cannot do it is not taken.
 *
 * @param <A> algorithms
 * @param <M> what makes one with a key
 */
final class Selection<A extends Code, M> {

    /** Who carries out algorithms. */
    enum Provider {
        /** The Java platform, which uses the processor's instructions for AES and hashes. */
        JDK("jdk"),
        /** Bouncy Castle's lightweight API. */
        BC("bc");

        private final String text;

        Provider(String text) {
            this.text = text;
        }
    }

    private static final String PROPERTY = "pfkey.crypto";

    private final Map<A, Map<Provider, M>> rows = new HashMap<>();

    /** One more that can do it, less preferred than those before. */
    void put(A algorithm, Provider provider, M maker) {
        rows.computeIfAbsent(algorithm, absent -> new LinkedHashMap<>()).put(provider, maker);
    }

    /** Whether anybody can. */
    boolean offers(A algorithm) {
        return rows.containsKey(algorithm);
    }

    /** The maker of the provider to take; null when nobody can. */
    @Nullable M choose(A algorithm) {
        Map<Provider, M> row = rows.get(algorithm);
        if (row == null) {
            return null;
        }
        String wanted = System.getProperty(PROPERTY + "." + algorithm);
        if (wanted == null) {
            wanted = System.getProperty(PROPERTY);
        }
        M maker = wanted == null ? null : row.get(named(wanted));
        return maker != null ? maker : row.values().iterator().next();
    }

    private static Provider named(String text) {
        for (Provider each : Provider.values()) {
            if (each.text.equals(text.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException(PROPERTY + " is jdk or bc, not " + text);
    }
}
