package org.keysock.pfkey.wire;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/**
 * A layout that is read where it can be and carried as it is where it cannot, because the dialect's
 * kernel does not look at it before it needs it.
 *
 * @param minBody bytes that the layout needs behind the extension header
 */
record TolerantCodec(ExtensionType type, int minBody, ExtensionCodec<Extension> codec)
        implements ExtensionCodec<Extension> {

    @Override
    public Extension read(Cursor body, SaType saType) {
        int start = body.position();
        boolean fits = body.remaining() >= minBody && codec.check(body) == null;
        body.back(start);
        return fits
                ? codec.read(body, saType)
                : new Extension.Opaque(type, body.copy(body.remaining()));
    }

    @Override
    public void write(Extension extension, Sink body, SaType saType) {
        codec.write(extension, body, saType);
    }

    @Override
    public boolean partial() {
        return codec.partial();
    }

    @Override
    public boolean expresses(Extension extension) {
        return codec.expresses(extension);
    }
}
