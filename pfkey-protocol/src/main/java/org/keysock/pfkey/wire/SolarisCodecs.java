package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SolarisExtension;
import org.keysock.pfkey.model.Spi;

/** The layouts that only Solaris has, but for the extended proposal: solaris.md section 1.9. */
final class SolarisCodecs {

    private SolarisCodecs() {}

    /** SADB_X_EXT_EREG: one byte an SA type, ended by 0. */
    record ExtendedRegister(NumberSpace<SaType> saTypes)
            implements ExtensionCodec<SolarisExtension.ExtendedRegister> {

        @Override
        public SolarisExtension.ExtendedRegister read(Cursor body, SaType saType) {
            List<SaType> listed = new ArrayList<>();
            boolean ended = false;
            while (!ended && body.remaining() > 0) {
                int number = body.u8();
                ended = number == 0;
                if (!ended) {
                    listed.add(saTypes.code(number));
                }
            }
            if (!ended) {
                body.markStrange();
            }
            return new SolarisExtension.ExtendedRegister(listed);
        }

        @Override
        public void write(SolarisExtension.ExtendedRegister register, Sink body, SaType saType) {
            for (SaType listed : register.saTypes()) {
                int number = saTypes.number(listed);
                if (number > 0) {
                    body.u8(number);
                }
            }
            body.u8(0);
        }
    }

    /** SADB_X_EXT_KM_COOKIE. */
    record KmCookie() implements ExtensionCodec<SolarisExtension.KmCookie> {

        @Override
        public SolarisExtension.KmCookie read(Cursor body, SaType saType) {
            return new SolarisExtension.KmCookie(body.u32(), body.u64());
        }

        @Override
        public void write(SolarisExtension.KmCookie cookie, Sink body, SaType saType) {
            body.u32(cookie.protocol());
            body.u64(cookie.cookie());
        }
    }

    /** SADB_X_EXT_PAIR. */
    record Pair() implements ExtensionCodec<SolarisExtension.Pair> {

        @Override
        public SolarisExtension.Pair read(Cursor body, SaType saType) {
            return new SolarisExtension.Pair(new Spi(body.u32be()));
        }

        @Override
        public void write(SolarisExtension.Pair pair, Sink body, SaType saType) {
            body.u32be(pair.spi().value());
        }
    }

    /** SADB_X_EXT_REPLAY_VALUE. */
    record ReplayValue() implements ExtensionCodec<SolarisExtension.ReplayValue> {

        @Override
        public SolarisExtension.ReplayValue read(Cursor body, SaType saType) {
            return new SolarisExtension.ReplayValue(body.u32(), body.u64());
        }

        @Override
        public void write(SolarisExtension.ReplayValue value, Sink body, SaType saType) {
            body.u32(value.value32());
            body.u64(value.value64());
        }
    }

    /** SADB_X_EXT_EDUMP. */
    record ExtendedDump() implements ExtensionCodec<SolarisExtension.ExtendedDump> {

        @Override
        public SolarisExtension.ExtendedDump read(Cursor body, SaType saType) {
            body.reserved(4);
            return new SolarisExtension.ExtendedDump(body.u64());
        }

        @Override
        public void write(SolarisExtension.ExtendedDump dump, Sink body, SaType saType) {
            body.reserved(4);
            body.u64(dump.timeout());
        }
    }
}
