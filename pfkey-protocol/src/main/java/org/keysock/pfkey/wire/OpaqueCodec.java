package org.keysock.pfkey.wire;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/** Any extension, carried as it is. */
record OpaqueCodec(ExtensionType type) implements ExtensionCodec<Extension.Opaque> {

    @Override
    public Extension.Opaque read(Cursor body, SaType saType) {
        return new Extension.Opaque(type, body.copy(body.remaining()));
    }

    @Override
    public void write(Extension.Opaque opaque, Sink body, SaType saType) {
        body.copy(opaque.body());
    }
}
