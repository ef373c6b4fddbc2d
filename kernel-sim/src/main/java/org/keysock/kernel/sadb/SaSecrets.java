package org.keysock.kernel.sadb;

import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.KeyMaterial;

/**
 * Algorithms and keys of an SA.
 *
 * @param authBits significant bits of {@code authKey}
 * @param encryptBits significant bits of the cipher key, without salt
 * @param saltBits bits of salt that follow the cipher key in {@code encryptKey}
 * @param icvBits bits of the integrity check value; an attribute of the SA because the same
 *     algorithm is cut differently by different kernels (decisions.md 10); 0 without authentication
 */
public record SaSecrets(
        AuthAlgorithm auth,
        int authBits,
        KeyMaterial authKey,
        EncryptionAlgorithm encrypt,
        int encryptBits,
        int saltBits,
        KeyMaterial encryptKey,
        int icvBits) {

    /** What a larval SA has: nothing yet. */
    public static final SaSecrets NONE =
            new SaSecrets(
                    AuthAlgorithm.NONE,
                    0,
                    KeyMaterial.EMPTY,
                    EncryptionAlgorithm.NONE,
                    0,
                    0,
                    KeyMaterial.EMPTY,
                    0);
}
