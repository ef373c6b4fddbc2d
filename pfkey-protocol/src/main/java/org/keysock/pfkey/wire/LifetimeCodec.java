package org.keysock.pfkey.wire;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/** SADB_EXT_LIFETIME_CURRENT, _HARD, _SOFT and Solaris' _IDLE: RFC 2367 section 2.3.2. */
record LifetimeCodec(ExtensionType type) implements ExtensionCodec<Extension.Lifetime> {

    @Override
    public Extension.Lifetime read(Cursor body, SaType saType) {
        return new Extension.Lifetime(type, body.u32(), body.u64(), body.u64(), body.u64());
    }

    @Override
    public void write(Extension.Lifetime lifetime, Sink body, SaType saType) {
        body.u32(lifetime.allocations());
        body.u64(lifetime.bytes());
        body.u64(lifetime.addTime());
        body.u64(lifetime.useTime());
    }
}
