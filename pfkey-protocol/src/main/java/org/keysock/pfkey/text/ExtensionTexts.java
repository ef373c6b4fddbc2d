package org.keysock.pfkey.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.keysock.pfkey.model.Extension;

/**
 * What is said of each kind of extension behind its name: a row for each record of the model, put
 * in by the class of its dialect.
 */
final class ExtensionTexts {

    private static final Map<Class<?>, BiConsumer<Extension, Words>> ROWS = rows();

    private ExtensionTexts() {}

    private static Map<Class<?>, BiConsumer<Extension, Words>> rows() {
        Rows rows = new Rows();
        RfcTexts.putInto(rows);
        SolarisTexts.putInto(rows);
        KameTexts.putInto(rows);
        KlipsTexts.putInto(rows);
        return Map.copyOf(rows.byRecord);
    }

    /** Whether the table has a row for that record. */
    static boolean knows(Class<?> record) {
        return ROWS.containsKey(record);
    }

    /** One line, or more where the extension has parts. */
    static void write(Extension extension, Words words) {
        words.line(extension.type().toString());
        BiConsumer<Extension, Words> row = ROWS.get(extension.getClass());
        if (row == null) {
            throw new IllegalStateException("no text for " + extension.getClass());
        }
        row.accept(extension, words);
    }

    /** The table while it is filled. */
    static final class Rows {
        private final Map<Class<?>, BiConsumer<Extension, Words>> byRecord = new HashMap<>();

        <E extends Extension> void put(Class<E> kind, BiConsumer<E, Words> row) {
            byRecord.put(kind, (extension, words) -> row.accept(kind.cast(extension), words));
        }
    }
}
