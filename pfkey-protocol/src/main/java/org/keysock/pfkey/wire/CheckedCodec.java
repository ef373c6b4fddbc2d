package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.SaType;

/** A layout with the checks of one dialect's parser in place of its own. */
record CheckedCodec<E extends Extension>(ExtensionCodec<E> layout, Check check)
        implements ExtensionCodec<E> {

    /** What a parser asks of a body. */
    interface Check {

        /** Why the body is not right, or null; may move the cursor. */
        @Nullable Fault of(Cursor body);
    }

    @Override
    public boolean checks() {
        return true;
    }

    @Override
    public @Nullable Fault check(Cursor body) {
        return check.of(body);
    }

    @Override
    public E read(Cursor body, SaType saType) {
        return layout.read(body, saType);
    }

    @Override
    public void write(E extension, Sink body, SaType saType) {
        layout.write(extension, body, saType);
    }

    @Override
    public boolean partial() {
        return layout.partial();
    }

    @Override
    public boolean expresses(E extension) {
        return layout.expresses(extension);
    }
}
