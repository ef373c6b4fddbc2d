package org.keysock.kernel.engine.klips;

import org.jspecify.annotations.Nullable;

/**
 * A table as text, made line by line while the databases go on living: what is removed before its
 * turn is not shown, what comes after the table was opened is not either. Must be closed.
 */
public interface TextTable extends AutoCloseable {

    /**
     * Does a part of what comes before the first line, none of which takes long.
     *
     * @return whether nothing is left to be done
     */
    default boolean ready() {
        return true;
    }

    /**
     * The next line without its end, whatever is left to be done for it before; or null when there
     * is none any more.
     */
    @Nullable String nextLine();

    @Override
    void close();
}
