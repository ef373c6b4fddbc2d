package org.keysock.pfkey.wire;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.SaType;

/**
 * SADB_EXT_IDENTITY_SRC and _DST: RFC 2367 section 2.3.5.
 *
 * @param repairs whether the last byte of a text without a final NUL counts as that NUL
 */
record IdentityCodec(ExtensionType type, NumberSpace<IdentityType> kinds, boolean repairs)
        implements ExtensionCodec<Extension.Identity> {

    @Override
    public Extension.Identity read(Cursor body, SaType saType) {
        int kind = body.u16();
        body.reserved(2);
        long id = body.u64();
        int room = body.remaining();
        int length = body.beforeNul();
        if (room > 0 && length == room) {
            body.markStrange();
            length -= repairs ? 1 : 0;
        }
        String text = body.latin1(length);
        if (length > 0 && length < room) {
            body.skip(1);
        }
        return new Extension.Identity(type, kinds.code(kind), id, text);
    }

    @Override
    public void write(Extension.Identity identity, Sink body, SaType saType) {
        body.u16(kinds.number(identity.kind()));
        body.reserved(2);
        body.u64(identity.id());
        if (!identity.text().isEmpty()) {
            body.latin1(identity.text());
            body.u8(0);
        }
    }

    @Override
    public boolean partial() {
        return true;
    }

    @Override
    public boolean expresses(Extension.Identity identity) {
        return kinds.has(identity.kind());
    }
}
