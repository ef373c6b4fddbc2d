package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.SaType;

/** The address extensions: RFC 2367 section 2.3.3. */
record AddressCodec(ExtensionType type, SockaddrForm form, Shape shape, Fault malformed)
        implements ExtensionCodec<Extension.Address> {

    /** Which sizes, families and prefixes pass. */
    enum Shape {
        /** IPv4 or IPv6, exactly as long as the family asks, the prefix within its width. */
        EXACT,
        /** 16 or 32 bytes of socket address of any family, IPv6 with 32. */
        ONE_OF_TWO_SIZES,
        /** Room for what the family asks. */
        ROOM
    }

    private static final int HEAD = 4;

    @Override
    public boolean checks() {
        return true;
    }

    @Override
    public @Nullable Fault check(Cursor body) {
        int room = body.remaining() - HEAD;
        if (room < 2) {
            return malformed;
        }
        int bytes = form.bytes(body.peek16(HEAD));
        return room >= bytes && shaped(room, bytes, body) ? null : malformed;
    }

    private boolean shaped(int room, int bytes, Cursor body) {
        if (shape == Shape.EXACT) {
            return bytes != 0
                    && room == ((bytes + 7) & -8)
                    && body.peek8(1) <= (bytes == SockaddrForm.INET_BYTES ? 32 : 128);
        }
        return shape == Shape.ROOM || room == 16 || room == 32;
    }

    @Override
    public Extension.Address read(Cursor body, SaType saType) {
        int head = body.u32be();
        body.strangeIf((head & 0xffff) != 0);
        var sockaddr = form.read(body);
        int behind = body.remaining();
        if (behind != 0) {
            body.reserved(behind);
        }
        return new Extension.Address(type, head >>> 24, head >>> 16 & 0xff, sockaddr, behind >> 3);
    }

    @Override
    public void write(Extension.Address address, Sink body, SaType saType) {
        int start = body.size() - HEAD;
        body.u8x4(address.protocol(), address.prefixLength(), 0, 0);
        form.write(address.sockaddr(), body);
        if (address.spareWords() != 0) {
            body.pad8(start);
            body.reserved(8 * address.spareWords());
        }
    }
}
