package org.keysock.pfkey.wire;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.SaType;

/** The layouts that KAME and Linux added, but for policies: rfc2367-linux-kame.md section 3.4. */
final class KameCodecs {

    private KameCodecs() {}

    /** SADB_X_EXT_SA2. */
    record Sa2() implements ExtensionCodec<KameExtension.Sa2> {

        @Override
        public KameExtension.Sa2 read(Cursor body, SaType saType) {
            int mode = body.u8();
            body.reserved(3);
            return new KameExtension.Sa2(mode, body.u32(), body.u32());
        }

        @Override
        public void write(KameExtension.Sa2 sa2, Sink body, SaType saType) {
            body.u8(sa2.mode());
            body.reserved(3);
            body.u32(sa2.sequence());
            body.u32(sa2.reqid());
        }
    }

    /** SADB_X_EXT_NAT_T_TYPE. */
    record NatTType() implements ExtensionCodec<KameExtension.NatTType> {

        @Override
        public KameExtension.NatTType read(Cursor body, SaType saType) {
            int encapsulation = body.u8();
            body.reserved(3);
            return new KameExtension.NatTType(encapsulation);
        }

        @Override
        public void write(KameExtension.NatTType type, Sink body, SaType saType) {
            body.u8(type.encapsulation());
            body.reserved(3);
        }
    }

    /**
     * SADB_X_EXT_NAT_T_SPORT and _DPORT.
     *
     * @param network whether the port stands in network order; it does not in KLIPS
     */
    record NatTPort(ExtensionType type, boolean network)
            implements ExtensionCodec<KameExtension.NatTPort> {

        @Override
        public KameExtension.NatTPort read(Cursor body, SaType saType) {
            int port = network ? body.u16be() : body.u16();
            body.reserved(2);
            return new KameExtension.NatTPort(type, port);
        }

        @Override
        public void write(KameExtension.NatTPort port, Sink body, SaType saType) {
            if (network) {
                body.u16be(port.port());
            } else {
                body.u16(port.port());
            }
            body.reserved(2);
        }
    }

    /** SADB_X_EXT_SEC_CTX; its length must be exactly what the label asks for. */
    record SecurityContext(Fault malformed)
            implements ExtensionCodec<KameExtension.SecurityContext> {

        private static final int HEAD = 4;

        @Override
        public boolean checks() {
            return true;
        }

        @Override
        public @Nullable Fault check(Cursor body) {
            int length = body.peek16(2);
            return ((length + 7) & -8) == body.remaining() - HEAD ? null : malformed;
        }

        @Override
        public KameExtension.SecurityContext read(Cursor body, SaType saType) {
            int algorithm = body.u8();
            int domain = body.u8();
            int length = body.u16();
            return new KameExtension.SecurityContext(algorithm, domain, body.copy(length));
        }

        @Override
        public void write(KameExtension.SecurityContext label, Sink body, SaType saType) {
            byte[] context = label.context();
            body.u8(label.algorithm());
            body.u8(label.domain());
            body.u16(context.length);
            body.copy(context);
        }
    }

    /** SADB_X_EXT_KMADDRESS: two socket addresses without padding between them. */
    record KmAddress(SockaddrForm form, Fault malformed)
            implements ExtensionCodec<KameExtension.KmAddress> {

        private static final int HEAD = 4;

        @Override
        public boolean checks() {
            return true;
        }

        @Override
        public @Nullable Fault check(Cursor body) {
            return SockaddrPair.fits(form, body, HEAD) ? null : malformed;
        }

        @Override
        public KameExtension.KmAddress read(Cursor body, SaType saType) {
            body.reserved(4);
            return new KameExtension.KmAddress(form.read(body), form.read(body));
        }

        @Override
        public void write(KameExtension.KmAddress addresses, Sink body, SaType saType) {
            body.reserved(4);
            form.write(addresses.local(), body);
            form.write(addresses.remote(), body);
        }
    }

    /** SADB_X_EXT_FILTER. */
    record Filter() implements ExtensionCodec<KameExtension.Filter> {

        @Override
        public KameExtension.Filter read(Cursor body, SaType saType) {
            return new KameExtension.Filter(
                    body.copy(16), body.copy(16), body.u16(), body.u8(), body.u8());
        }

        @Override
        public void write(KameExtension.Filter filter, Sink body, SaType saType) {
            body.copy(filter.source());
            body.copy(filter.destination());
            body.u16(filter.family());
            body.u8(filter.sourcePrefix());
            body.u8(filter.destinationPrefix());
        }
    }

    /** Two socket addresses of one family, one right behind the other. */
    static final class SockaddrPair {

        private SockaddrPair() {}

        /** Whether there is room for a pair of the family that the first one names. */
        static boolean fits(SockaddrForm form, Cursor body, int ahead) {
            int room = body.remaining() - ahead;
            if (room < 2) {
                return false;
            }
            int family = body.peek16(ahead);
            int bytes = form.bytes(family);
            return bytes != 0 && room >= 2 * bytes && body.peek16(ahead + bytes) == family;
        }
    }
}
