package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.invalid;
import static org.keysock.kernel.engine.solaris.Checks.require;
import static org.keysock.pfkey.model.ExtensionType.KEY_AUTH;
import static org.keysock.pfkey.model.ExtensionType.KEY_ENCRYPT;
import static org.keysock.pfkey.model.ExtensionType.SA;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeyChecks;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SadbMessage;

/** The checks of algorithms and keys: solaris.md 3.6 rows 10, 11 and 16, and 3.17. */
final class KeyRules {

    static final AlgorithmTable ALGORITHMS = AlgorithmTable.of(DialectName.SOLARIS);

    private KeyRules() {}

    /** Rows 10 and 11: what the SA will hold, parity corrected, initial IV cut off. */
    static SaSecrets secrets(SadbMessage message, Extension.Sa sa) throws Refusal {
        Extension.Key authKey = message.key(KEY_AUTH);
        Algorithm auth = usable(sa.auth());
        if (authKey != null) {
            if (auth == null) {
                throw invalid(SA, Diagnostic.BAD_AALG, sa.auth().toString());
            }
            requireRange(KEY_AUTH, authKey.bits(), auth, Diagnostic.BAD_AKEYBITS);
        }
        Extension.Key encryptKey = message.key(KEY_ENCRYPT);
        Algorithm cipher = usable(sa.encrypt());
        KeyMaterial cipherKey = KeyMaterial.EMPTY;
        int cipherBits = 0;
        int saltBits = cipher == null ? 0 : cipher.saltBits();
        if (encryptKey != null) {
            if (cipher == null) {
                throw invalid(SA, Diagnostic.BAD_EALG, sa.encrypt().toString());
            }
            cipherBits = encryptKey.bits() - saltBits - encryptKey.reserved();
            require(
                    sa.encrypt() != EncryptionAlgorithm.NULL,
                    KEY_ENCRYPT,
                    Diagnostic.BAD_EKEYBITS,
                    "NULL takes no key");
            requireRange(KEY_ENCRYPT, cipherBits, cipher, Diagnostic.BAD_EKEYBITS);
            cipherKey = corrected(sa.encrypt(), encryptKey, cipherBits + saltBits);
        }
        return new SaSecrets(
                sa.auth(),
                authKey == null ? 0 : authKey.bits(),
                authKey == null ? KeyMaterial.EMPTY : authKey.material(),
                sa.encrypt(),
                cipherBits,
                encryptKey == null ? 0 : saltBits,
                cipherKey,
                icvBits(auth, cipher));
    }

    /** Row 16: what the cipher itself refuses although the table lets it pass. */
    static void requireContext(SaSecrets secrets) throws Refusal {
        Algorithm cipher = usable(secrets.encrypt());
        if (cipher != null && secrets.encryptBits() != 0 && !cipher.allows(secrets.encryptBits())) {
            throw new Refusal(
                    Errno.EINVAL,
                    Diagnostic.BAD_CTX,
                    Reasons.keyBits(KEY_ENCRYPT, secrets.encryptBits(), cipher));
        }
    }

    private static KeyMaterial corrected(EncryptionAlgorithm cipher, Extension.Key key, int bits)
            throws Refusal {
        byte[] bytes = key.material().revealed();
        KeyMaterial cut = KeyMaterial.of(bytes, 0, Math.min(bytes.length, (bits + 7) / 8));
        Arrays.fill(bytes, (byte) 0);
        if (!KeyChecks.hasParity(cipher)) {
            return cut;
        }
        try {
            require(!KeyChecks.weak(cipher, cut), KEY_ENCRYPT, Diagnostic.WEAK_EKEY);
            return KeyChecks.withOddParity(cut);
        } finally {
            cut.destroy();
        }
    }

    /**
     * The table's limits let the length pass. Its step does not count here: AES with 136 bits
     * passes and fails in the cipher.
     */
    private static void requireRange(
            ExtensionType key, int bits, Algorithm algorithm, Diagnostic diagnostic)
            throws Refusal {
        if (bits < algorithm.minBits() || bits > algorithm.maxBits()) {
            throw new Refusal(Errno.EINVAL, diagnostic, Reasons.keyBits(key, bits, algorithm));
        }
    }

    private static @Nullable Algorithm usable(Code code) {
        Algorithm found = ALGORITHMS.find(code);
        return found != null && found.usable() ? found : null;
    }

    private static int icvBits(@Nullable Algorithm auth, @Nullable Algorithm cipher) {
        int bytes =
                cipher != null && cipher.icvBytes() != 0
                        ? cipher.icvBytes()
                        : auth == null ? 0 : auth.icvBytes();
        return 8 * bytes;
    }
}
