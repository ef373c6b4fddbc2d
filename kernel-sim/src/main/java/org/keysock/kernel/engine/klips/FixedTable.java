package org.keysock.kernel.engine.klips;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of few lines, all known when it is opened. */
final class FixedTable implements TextTable {

    private final Iterator<String> lines;

    FixedTable(List<String> lines) {
        this.lines = lines.iterator();
    }

    @Override
    public @Nullable String nextLine() {
        return lines.hasNext() ? lines.next() : null;
    }

    @Override
    public void close() {}
}
