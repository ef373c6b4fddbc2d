package org.keysock.kernel.crypto;

import static org.keysock.kernel.crypto.Selection.Provider.BC;
import static org.keysock.kernel.crypto.Selection.Provider.JDK;

import java.util.function.Supplier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.BlowfishEngine;
import org.bouncycastle.crypto.engines.CAST5Engine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.engines.SerpentEngine;
import org.bouncycastle.crypto.engines.TwofishEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.EncryptionAlgorithm;

/** The selection tables of ciphers that only hide, and of combined modes. */
final class Ciphers {

    private interface CipherMaker {
        PayloadCipher make(byte[] key, byte[] salt);
    }

    private interface AeadMaker {
        Aead make(byte[] key, int icvLength);
    }

    private static final Selection<EncryptionAlgorithm, CipherMaker> PLAIN = new Selection<>();
    private static final Selection<EncryptionAlgorithm, AeadMaker> COMBINED = new Selection<>();

    static {
        PLAIN.put(EncryptionAlgorithm.NONE, JDK, (key, salt) -> new NullCipher());
        PLAIN.put(EncryptionAlgorithm.NULL, JDK, (key, salt) -> new NullCipher());
        chaining(EncryptionAlgorithm.AES_CBC, "AES", 16);
        chaining(EncryptionAlgorithm.AES_CBC, AESEngine::newInstance);
        PLAIN.put(EncryptionAlgorithm.AES_CTR, JDK, JdkCipher::counter);
        chaining(EncryptionAlgorithm.DES_CBC, DESEngine::new);
        chaining(EncryptionAlgorithm.DES_CBC, "DES", 8);
        chaining(EncryptionAlgorithm.TRIPLE_DES_CBC, DESedeEngine::new);
        chaining(EncryptionAlgorithm.TRIPLE_DES_CBC, "DESede", 8);
        chaining(EncryptionAlgorithm.CAST128_CBC, CAST5Engine::new);
        chaining(EncryptionAlgorithm.BLOWFISH_CBC, BlowfishEngine::new);
        chaining(EncryptionAlgorithm.CAMELLIA_CBC, CamelliaEngine::new);
        chaining(EncryptionAlgorithm.SM4_CBC, SM4Engine::new);
        chaining(EncryptionAlgorithm.SERPENT_CBC, SerpentEngine::new);
        chaining(EncryptionAlgorithm.TWOFISH_CBC, TwofishEngine::new);
    }

    static {
        // the Java platform cuts tags to 12 bytes and no further
        COMBINED.put(EncryptionAlgorithm.AES_GCM_8, BC, Ciphers::gcm);
        COMBINED.put(EncryptionAlgorithm.AES_GCM_12, JDK, JdkAead::gcm);
        COMBINED.put(EncryptionAlgorithm.AES_GCM_12, BC, Ciphers::gcm);
        COMBINED.put(EncryptionAlgorithm.AES_GCM_16, JDK, JdkAead::gcm);
        COMBINED.put(EncryptionAlgorithm.AES_GCM_16, BC, Ciphers::gcm);
        COMBINED.put(EncryptionAlgorithm.AES_GMAC, JDK, JdkAead::gcm);
        COMBINED.put(EncryptionAlgorithm.AES_GMAC, BC, Ciphers::gcm);
        COMBINED.put(EncryptionAlgorithm.AES_CCM_8, BC, Ciphers::ccm);
        COMBINED.put(EncryptionAlgorithm.AES_CCM_12, BC, Ciphers::ccm);
        COMBINED.put(EncryptionAlgorithm.AES_CCM_16, BC, Ciphers::ccm);
        COMBINED.put(
                EncryptionAlgorithm.CHACHA20_POLY1305,
                JDK,
                (key, icv) -> JdkAead.chacha20Poly1305(key));
        COMBINED.put(
                EncryptionAlgorithm.CHACHA20_POLY1305,
                BC,
                (key, icv) -> new BouncyAead(new ChaCha20Poly1305(), key, icv));
    }

    private Ciphers() {}

    private static void chaining(EncryptionAlgorithm algorithm, String jdkName, int block) {
        PLAIN.put(algorithm, JDK, (key, salt) -> JdkCipher.chaining(jdkName, key, block));
    }

    private static void chaining(EncryptionAlgorithm algorithm, Supplier<BlockCipher> engine) {
        PLAIN.put(
                algorithm, BC, (key, salt) -> new BouncyChaining(engine.get(), engine.get(), key));
    }

    private static Aead gcm(byte[] key, int icv) {
        return new BouncyAead(GCMBlockCipher.newInstance(AESEngine.newInstance()), key, icv);
    }

    private static Aead ccm(byte[] key, int icv) {
        return new BouncyAead(CCMBlockCipher.newInstance(AESEngine.newInstance()), key, icv);
    }

    /** Whether there is such a cipher or combined mode. */
    static boolean offers(EncryptionAlgorithm algorithm) {
        return PLAIN.offers(algorithm) || COMBINED.offers(algorithm);
    }

    /** A cipher that only hides, null if there is none of that name. */
    static @Nullable PayloadCipher plain(EncryptionAlgorithm algorithm, byte[] key, byte[] salt) {
        CipherMaker maker = PLAIN.choose(algorithm);
        return maker == null ? null : maker.make(key, salt);
    }

    /** A combined mode, null if there is none of that name. */
    static @Nullable Aead combined(EncryptionAlgorithm algorithm, byte[] key, int icvLength) {
        AeadMaker maker = COMBINED.choose(algorithm);
        return maker == null ? null : maker.make(key, icvLength);
    }
}
