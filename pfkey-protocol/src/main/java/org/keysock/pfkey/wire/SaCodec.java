package org.keysock.pfkey.wire;

import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/** SADB_EXT_SA: RFC 2367 section 2.3.1. */
record SaCodec(Numbers numbers) implements ExtensionCodec<Extension.Sa> {

    @Override
    public Extension.Sa read(Cursor body, SaType saType) {
        return new Extension.Sa(
                new Spi(body.u32be()),
                body.u8(),
                numbers.states().code(body.u8()),
                numbers.auths().code(body.u8()),
                numbers.encryption(body.u8(), saType),
                numbers.flags().flags(body.u32()));
    }

    @Override
    public void write(Extension.Sa sa, Sink body, SaType saType) {
        body.u32be(sa.spi().value());
        body.u8(sa.replayWindow());
        body.u8(numbers.states().number(sa.state(), numbers.states().number(SaState.MATURE)));
        body.u8(numbers.number(sa.auth()));
        body.u8(numbers.number(sa.encrypt()));
        body.u32(numbers.flags().word(sa.flags()));
    }
}
