package org.keysock.pfkey.wire;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/**
 * SADB_EXT_LIFETIME_CURRENT, _HARD, _SOFT and Solaris' _IDLE: RFC 2367 section 2.3.2.
 *
 * @param packets whether a count of packets stands behind the RFC's fields (KLIPS)
 */
record LifetimeCodec(ExtensionType type, boolean packets)
        implements ExtensionCodec<Extension.Lifetime> {

    /** As in the RFC. */
    LifetimeCodec(ExtensionType type) {
        this(type, false);
    }

    @Override
    public Extension.Lifetime read(Cursor body, SaType saType) {
        int allocations = body.u32();
        long bytes = body.u64();
        long addTime = body.u64();
        long useTime = body.u64();
        return new Extension.Lifetime(
                type, allocations, bytes, addTime, useTime, packets ? count(body) : 0);
    }

    private static int count(Cursor body) {
        int count = body.u32();
        body.reserved(4);
        return count;
    }

    @Override
    public void write(Extension.Lifetime lifetime, Sink body, SaType saType) {
        body.u32(lifetime.allocations());
        body.u64(lifetime.bytes());
        body.u64(lifetime.addTime());
        body.u64(lifetime.useTime());
        if (packets) {
            body.u32(lifetime.packets());
            body.reserved(4);
        }
    }
}
