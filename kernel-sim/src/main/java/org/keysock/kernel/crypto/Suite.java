package org.keysock.kernel.crypto;

import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.KeyMaterial;

/**
 * Algorithms and keys of an ESP SA, as cryptography needs them. The text form tells no key.
 *
 * @param encryptKey key of the cipher; the last {@code saltBits} of it are salt
 * @param auth of its own; NONE or NULL for none, and beside a cipher that authenticates by itself
 * @param icvBits of the integrity check value, 0 for none
 * @param extendedSequence the upper half of the sequence number is authenticated and not sent: RFC
 *     4303 section 2.2.1
 */
public record Suite(
        EncryptionAlgorithm encrypt,
        KeyMaterial encryptKey,
        int saltBits,
        AuthAlgorithm auth,
        KeyMaterial authKey,
        int icvBits,
        boolean extendedSequence) {}
