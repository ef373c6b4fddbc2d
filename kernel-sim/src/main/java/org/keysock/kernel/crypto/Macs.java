package org.keysock.kernel.crypto;

import static org.keysock.kernel.crypto.Selection.Provider.BC;
import static org.keysock.kernel.crypto.Selection.Provider.JDK;

import java.util.function.Supplier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.HMac;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;

/** The selection table of integrity algorithms. */
final class Macs {

    private interface Maker {
        Integrity make(byte[] key, int icvLength);
    }

    private static final Selection<AuthAlgorithm, Maker> TABLE = new Selection<>();

    static {
        TABLE.put(AuthAlgorithm.NULL, JDK, (key, icv) -> new NullIntegrity());
        hmac(AuthAlgorithm.HMAC_MD5, "HmacMD5");
        hmac(AuthAlgorithm.HMAC_MD5, MD5Digest::new);
        hmac(AuthAlgorithm.HMAC_SHA1, "HmacSHA1");
        hmac(AuthAlgorithm.HMAC_SHA1, SHA1Digest::new);
        hmac(AuthAlgorithm.HMAC_SHA256, "HmacSHA256");
        hmac(AuthAlgorithm.HMAC_SHA256, SHA256Digest::new);
        hmac(AuthAlgorithm.HMAC_SHA384, "HmacSHA384");
        hmac(AuthAlgorithm.HMAC_SHA384, SHA384Digest::new);
        hmac(AuthAlgorithm.HMAC_SHA512, "HmacSHA512");
        hmac(AuthAlgorithm.HMAC_SHA512, SHA512Digest::new);
        hmac(AuthAlgorithm.HMAC_RIPEMD160, RIPEMD160Digest::new);
        hmac(AuthAlgorithm.HMAC_SM3, SM3Digest::new);
        TABLE.put(AuthAlgorithm.AES_XCBC, JDK, ChainedMac::xcbc);
        TABLE.put(AuthAlgorithm.AES_CMAC, JDK, ChainedMac::cmac);
        TABLE.put(
                AuthAlgorithm.AES_CMAC,
                BC,
                (key, icv) -> new BouncyMac(new CMac(AESEngine.newInstance()), key, icv));
    }

    private Macs() {}

    private static void hmac(AuthAlgorithm algorithm, String jdkName) {
        TABLE.put(algorithm, JDK, (key, icv) -> new JdkHmac(jdkName, key, icv));
    }

    private static void hmac(AuthAlgorithm algorithm, Supplier<Digest> digest) {
        TABLE.put(algorithm, BC, (key, icv) -> new BouncyMac(new HMac(digest.get()), key, icv));
    }

    /** Whether there is such an algorithm. */
    static boolean offers(AuthAlgorithm algorithm) {
        return TABLE.offers(algorithm);
    }

    /** One with a key, null if there is none of that name. */
    static @Nullable Integrity make(AuthAlgorithm algorithm, byte[] key, int icvLength) {
        Maker maker = TABLE.choose(algorithm);
        return maker == null ? null : maker.make(key, icvLength);
    }
}
