package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.KlipsForm;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/**
 * SADB_EXT_SA: RFC 2367 section 2.3.1.
 *
 * @param references the form of KLIPS whose SA reference stands behind the RFC's fields; null:
 *     there is none
 */
record SaCodec(Numbers numbers, @Nullable KlipsForm references)
        implements ExtensionCodec<Extension.Sa> {

    /** As in the RFC. */
    SaCodec(Numbers numbers) {
        this(numbers, null);
    }

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
                numbers.flags().flags(body.u32()),
                references == null ? Extension.Sa.NO_REFERENCE : reference(body, references));
    }

    private static int reference(Cursor body, KlipsForm form) {
        int reference = body.u32();
        body.reserved(4);
        if (!form.modern()) {
            return reference;
        }
        body.strangeIf(reference == Extension.Sa.NO_REFERENCE);
        return reference == 0 ? Extension.Sa.NO_REFERENCE : reference;
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
        if (references != null) {
            boolean zero = references.modern() && sa.reference() == Extension.Sa.NO_REFERENCE;
            body.u32(zero ? 0 : sa.reference());
            body.reserved(4);
        }
    }
}
