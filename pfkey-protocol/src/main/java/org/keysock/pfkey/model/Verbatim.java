package org.keysock.pfkey.model;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What the extensions of a message that was read do not tell of its bytes: at the place of each
 * extension with reserved bits that were set, or bytes behind the end of its structure, that
 * extension's bytes, header included. Good only in the dialect and byte order it was read in.
 */
public final class Verbatim {

    private final DialectName dialect;
    private final ByteOrder order;
    private final byte[] @Nullable [] bytes;

    /**
     * Takes the arrays over without copying them; an element is null when there is no more to tell.
     */
    public Verbatim(DialectName dialect, ByteOrder order, byte[] @Nullable [] bytes) {
        this.dialect = dialect;
        this.order = order;
        this.bytes = bytes;
    }

    /**
     * The bytes of the extension at a place as they were read, or null when its record tells all of
     * them or they were read in another dialect or byte order. Not a copy: not to be changed.
     */
    public byte @Nullable [] bytes(int index, DialectName wanted, ByteOrder wantedOrder) {
        return dialect == wanted && order == wantedOrder ? bytes[index] : null;
    }

    /** Whether there is more to tell of the extension at that place. */
    public boolean has(int index) {
        return bytes[index] != null;
    }
}
