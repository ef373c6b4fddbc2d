package org.keysock.pfkey.wire;

import java.util.ArrayList;
import java.util.List;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/**
 * SADB_EXT_SUPPORTED_AUTH and _ENCRYPT: RFC 2367 section 2.3.8.
 *
 * @param layout what an entry says
 */
record SupportedCodec(ExtensionType type, Numbers numbers, Layout layout)
        implements ExtensionCodec<Supported> {

    /** The layouts of an entry. */
    enum Layout {
        /** The RFC's. */
        PLAIN,
        /** Increment and salt bits stand where the RFC has reserved bits (Solaris). */
        DETAILED,
        /** Initialisation vectors in bits, and the numbers of the message's SA type (KLIPS). */
        BY_SA_TYPE
    }

    @Override
    public Supported read(Cursor body, SaType saType) {
        body.reserved(4);
        List<Supported.Algorithm> algorithms = new ArrayList<>(body.remaining() / 8);
        while (body.remaining() >= 8) {
            algorithms.add(algorithm(body, space(saType)));
        }
        return new Supported(type, algorithms);
    }

    /** What SUPPORTED_ENCRYPT counts: ciphers, unless the dialect goes by the SA type. */
    private NumberSpace<EncryptionAlgorithm> space(SaType saType) {
        if (layout != Layout.BY_SA_TYPE) {
            return numbers.ciphers();
        }
        return saType == SaType.X_IPIP
                ? numbers.tunnels()
                : saType == SaType.X_IPCOMP ? numbers.compressions() : numbers.ciphers();
    }

    private Supported.Algorithm algorithm(Cursor body, NumberSpace<EncryptionAlgorithm> ciphers) {
        int number = body.u8();
        Code code =
                type == ExtensionType.SUPPORTED_AUTH
                        ? numbers.auths().code(number)
                        : ciphers.code(number);
        int ivLength = ivLength(body);
        int minBits = body.u16();
        int maxBits = body.u16();
        if (layout == Layout.DETAILED) {
            return new Supported.Algorithm(code, ivLength, minBits, maxBits, body.u8(), body.u8());
        }
        body.reserved(2);
        return new Supported.Algorithm(code, ivLength, minBits, maxBits, 0, 0);
    }

    private int ivLength(Cursor body) {
        int length = body.u8();
        if (layout != Layout.BY_SA_TYPE) {
            return length;
        }
        body.strangeIf((length & 7) != 0);
        return length >> 3;
    }

    @Override
    public void write(Supported supported, Sink body, SaType saType) {
        body.reserved(4);
        for (Supported.Algorithm algorithm : supported.algorithms()) {
            int number = number(algorithm.code(), space(saType));
            if (number >= 0) {
                body.u8(number);
                body.u8(algorithm.ivLength() * (layout == Layout.BY_SA_TYPE ? 8 : 1));
                body.u16(algorithm.minBits());
                body.u16(algorithm.maxBits());
                body.u8(layout == Layout.DETAILED ? algorithm.increment() : 0);
                body.u8(layout == Layout.DETAILED ? algorithm.saltBits() : 0);
            }
        }
    }

    private int number(Code code, NumberSpace<EncryptionAlgorithm> ciphers) {
        if (code instanceof AuthAlgorithm auth) {
            return numbers.auths().number(auth);
        }
        return code instanceof EncryptionAlgorithm cipher ? ciphers.number(cipher) : -1;
    }
}
