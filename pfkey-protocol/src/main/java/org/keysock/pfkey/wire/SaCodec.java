package org.keysock.pfkey.wire;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/** SADB_EXT_SA: RFC 2367 section 2.3.1. */
record SaCodec(Numbers numbers) implements ExtensionCodec<Extension.Sa> {

    @Override
    public Extension.Sa read(Cursor body, SaType saType) {
        Spi spi = new Spi(body.u32be());
        int four = body.u32be();
        return new Extension.Sa(
                spi,
                four >>> 24,
                numbers.states().code(four >>> 16 & 0xff),
                numbers.auths().code(four >>> 8 & 0xff),
                numbers.encryption(four & 0xff, saType),
                numbers.flags().flags(body.u32()));
    }

    @Override
    public void write(Extension.Sa sa, Sink body, SaType saType) {
        body.u32be(sa.spi().value());
        body.u8x4(
                sa.replayWindow(),
                numbers.states().number(sa.state(), numbers.states().number(SaState.MATURE)),
                numbers.number(sa.auth()),
                numbers.number(sa.encrypt()));
        body.u32(numbers.flags().word(sa.flags()));
    }
}
