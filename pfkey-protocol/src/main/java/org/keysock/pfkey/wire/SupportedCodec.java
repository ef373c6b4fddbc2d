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
 * @param detailed whether increment and salt bits stand where the RFC has reserved bits (Solaris)
 */
record SupportedCodec(ExtensionType type, Numbers numbers, boolean detailed)
        implements ExtensionCodec<Supported> {

    @Override
    public Supported read(Cursor body, SaType saType) {
        body.reserved(4);
        List<Supported.Algorithm> algorithms = new ArrayList<>(body.remaining() / 8);
        while (body.remaining() >= 8) {
            algorithms.add(algorithm(body));
        }
        return new Supported(type, algorithms);
    }

    private Supported.Algorithm algorithm(Cursor body) {
        int number = body.u8();
        Code code =
                type == ExtensionType.SUPPORTED_AUTH
                        ? numbers.auths().code(number)
                        : numbers.ciphers().code(number);
        int ivLength = body.u8();
        int minBits = body.u16();
        int maxBits = body.u16();
        if (detailed) {
            return new Supported.Algorithm(code, ivLength, minBits, maxBits, body.u8(), body.u8());
        }
        body.reserved(2);
        return new Supported.Algorithm(code, ivLength, minBits, maxBits, 0, 0);
    }

    @Override
    public void write(Supported supported, Sink body, SaType saType) {
        body.reserved(4);
        for (Supported.Algorithm algorithm : supported.algorithms()) {
            int number = number(algorithm.code());
            if (number >= 0) {
                body.u8(number);
                body.u8(algorithm.ivLength());
                body.u16(algorithm.minBits());
                body.u16(algorithm.maxBits());
                body.u8(detailed ? algorithm.increment() : 0);
                body.u8(detailed ? algorithm.saltBits() : 0);
            }
        }
    }

    private int number(Code code) {
        if (code instanceof AuthAlgorithm auth) {
            return numbers.auths().number(auth);
        }
        return code instanceof EncryptionAlgorithm cipher ? numbers.ciphers().number(cipher) : -1;
    }
}
