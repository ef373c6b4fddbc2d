package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.SaType;

/**
 * One layout of an extension's body, which is what stands behind the 4 bytes of length and type.
 * Reader and writer see to those, to padding and to surplus bytes.
 */
interface ExtensionCodec<E extends Extension> {

    /**
     * Why the body is not such an extension, or null. Called with a body that has at least the
     * bytes that its {@link ExtensionRow} asks for; allocates nothing; may move the cursor.
     */
    default @Nullable Fault check(Cursor body) {
        return null;
    }

    /** Whether {@link #check} may find anything. */
    default boolean checks() {
        return false;
    }

    /** The extension of a body that passed {@link #check}. */
    E read(Cursor body, SaType saType);

    /** Writes the body, without the padding at its end. */
    void write(E extension, Sink body, SaType saType);

    /** Whether {@link #expresses} may say no. */
    default boolean partial() {
        return false;
    }

    /** Whether the dialect has numbers for what the extension is about. */
    default boolean expresses(E extension) {
        return true;
    }
}
