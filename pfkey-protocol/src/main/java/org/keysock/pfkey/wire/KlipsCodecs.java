package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.SaType;

/** The layouts that only KLIPS has: klips.md 1.4. */
final class KlipsCodecs {

    private KlipsCodecs() {}

    /** SADB_X_EXT_SATYPE2. */
    record SaType2(NumberSpace<SaType> saTypes) implements ExtensionCodec<KlipsExtension.SaType2> {

        @Override
        public KlipsExtension.SaType2 read(Cursor body, SaType saType) {
            SaType second = saTypes.code(body.u8());
            body.reserved(3);
            return new KlipsExtension.SaType2(second);
        }

        @Override
        public void write(KlipsExtension.SaType2 second, Sink body, SaType saType) {
            body.u8(saTypes.number(second.saType()));
            body.reserved(3);
        }

        @Override
        public boolean partial() {
            return true;
        }

        @Override
        public boolean expresses(KlipsExtension.SaType2 second) {
            return saTypes.has(second.saType());
        }
    }

    /**
     * SADB_X_EXT_SA2 of KLIPS. Its type stands in another extension, so that {@code
     * sadb_sa_encrypt} is always read as a cipher; nobody looks at it.
     */
    record Sa2(SaCodec sa) implements ExtensionCodec<KlipsExtension.Sa2> {

        @Override
        public KlipsExtension.Sa2 read(Cursor body, SaType saType) {
            return new KlipsExtension.Sa2(sa.read(body, SaType.UNSPEC));
        }

        @Override
        public void write(KlipsExtension.Sa2 second, Sink body, SaType saType) {
            sa.write(second.sa(), body, SaType.UNSPEC);
        }
    }

    /** SADB_X_EXT_DEBUG. */
    record Debug() implements ExtensionCodec<KlipsExtension.Debug> {

        /** Bytes of the masks. */
        static final int BYTES = 4 * KlipsExtension.Debug.Part.values().length;

        @Override
        public KlipsExtension.Debug read(Cursor body, SaType saType) {
            List<Integer> masks = new ArrayList<>();
            for (int part = 0; part < BYTES / 4; part++) {
                masks.add(body.u32());
            }
            body.reserved(4);
            return new KlipsExtension.Debug(masks);
        }

        @Override
        public void write(KlipsExtension.Debug debug, Sink body, SaType saType) {
            for (int mask : debug.masks()) {
                body.u32(mask);
            }
            body.reserved(4);
        }
    }

    /** SADB_X_EXT_PROTOCOL; its direction is written by nobody and read by nobody. */
    record Protocol() implements ExtensionCodec<KlipsExtension.Protocol> {

        @Override
        public KlipsExtension.Protocol read(Cursor body, SaType saType) {
            int protocol = body.u8();
            body.reserved(1);
            int flags = body.u8();
            body.reserved(1);
            return new KlipsExtension.Protocol(protocol, flags);
        }

        @Override
        public void write(KlipsExtension.Protocol protocol, Sink body, SaType saType) {
            body.u8x4(protocol.protocol(), 0, protocol.flags(), 0);
        }
    }

    /** SADB_X_EXT_PLUMBIF. */
    record PlumbIf() implements ExtensionCodec<KlipsExtension.PlumbIf> {

        @Override
        public KlipsExtension.PlumbIf read(Cursor body, SaType saType) {
            int number = body.u16();
            body.reserved(2);
            return new KlipsExtension.PlumbIf(number);
        }

        @Override
        public void write(KlipsExtension.PlumbIf plumbed, Sink body, SaType saType) {
            body.u16(plumbed.number());
            body.reserved(2);
        }
    }

    /** SADB_X_EXT_SAREF. */
    record SaRef() implements ExtensionCodec<KlipsExtension.SaRef> {

        @Override
        public KlipsExtension.SaRef read(Cursor body, SaType saType) {
            KlipsExtension.SaRef references = new KlipsExtension.SaRef(body.u32(), body.u32());
            body.reserved(4);
            return references;
        }

        @Override
        public void write(KlipsExtension.SaRef references, Sink body, SaType saType) {
            body.u32(references.mine());
            body.u32(references.his());
            body.reserved(4);
        }
    }
}
