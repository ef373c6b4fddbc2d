package org.keysock.kernel.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.KeyMaterial;

/**
 * Makes the cryptography of SAs. Nothing here keeps a key longer than what it makes; that holds
 * copies in the form that its provider wants, which go when the SA's last packet has gone.
 */
public final class Protections {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Protections() {}

    /** Whether ESP can be done with that cipher or combined mode. */
    public static boolean offers(EncryptionAlgorithm algorithm) {
        return Ciphers.offers(algorithm);
    }

    /** Whether AH can be done with that algorithm, and ESP beside a cipher. */
    public static boolean offers(AuthAlgorithm algorithm) {
        return Macs.offers(algorithm);
    }

    /** What ESP does to the packets of an SA, with initialisation vectors nobody can foretell. */
    public static EspProtection esp(Suite suite) {
        return esp(suite, null);
    }

    /**
     * The same with other initialisation vectors.
     *
     * @param ivs null for those that the algorithm wants
     * @throws IllegalArgumentException if there is no such algorithm, or not for that key
     */
    public static EspProtection esp(Suite suite, @Nullable IvSource ivs) {
        byte[] whole = suite.encryptKey().revealed();
        int keyBytes = whole.length - suite.saltBits() / 8;
        if (keyBytes < 0) {
            throw new IllegalArgumentException(suite.encrypt() + ": the key is all salt");
        }
        byte[] key = Arrays.copyOf(whole, keyBytes);
        byte[] salt = Arrays.copyOfRange(whole, keyBytes, whole.length);
        try {
            return esp(suite, key, salt, ivs);
        } finally {
            Arrays.fill(whole, (byte) 0);
            Arrays.fill(key, (byte) 0);
            Arrays.fill(salt, (byte) 0);
        }
    }

    private static EspProtection esp(
            Suite suite, byte[] key, byte[] salt, @Nullable IvSource given) {
        boolean extended = suite.extendedSequence();
        PayloadCipher plain = Ciphers.plain(suite.encrypt(), key, salt);
        if (plain != null) {
            IvSource ivs = given != null ? given : vectors(plain);
            return new SeparateProtection(plain, beside(suite), extended, ivs);
        }
        Aead aead = Ciphers.combined(suite.encrypt(), key, suite.icvBits() / 8);
        if (aead == null) {
            throw new IllegalArgumentException("no cipher " + suite.encrypt());
        }
        IvSource ivs = given != null ? given : IvSource.counting(RANDOM.nextLong());
        return suite.encrypt() == EncryptionAlgorithm.AES_GMAC
                ? new AuthenticatedOnly(aead, salt, extended, ivs)
                : new CombinedProtection(aead, salt, suite.icvBits() / 8, extended, ivs);
    }

    /** Chained blocks want what nobody can foretell, key streams what never comes twice. */
    private static IvSource vectors(PayloadCipher cipher) {
        return cipher.blockLength() > 1
                ? new RandomIvs(RANDOM)
                : IvSource.counting(RANDOM.nextLong());
    }

    private static @Nullable Integrity beside(Suite suite) {
        return suite.auth() == AuthAlgorithm.NONE
                ? null
                : integrity(suite.auth(), suite.authKey(), suite.icvBits());
    }

    /**
     * The integrity algorithm of an AH SA.
     *
     * @throws IllegalArgumentException if there is no such algorithm, or not for that key
     */
    public static Integrity integrity(AuthAlgorithm algorithm, KeyMaterial key, int icvBits) {
        byte[] bytes = key.revealed();
        try {
            Integrity made = Macs.make(algorithm, bytes, icvBits / 8);
            if (made == null) {
                throw new IllegalArgumentException("no integrity algorithm " + algorithm);
            }
            return made;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
