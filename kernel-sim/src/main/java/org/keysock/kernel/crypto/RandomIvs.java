package org.keysock.kernel.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Initialisation vectors that nobody can foretell, as CBC needs them: a key stream of AES, made in
 * pieces because the system's generator is too slow to be asked for each packet.
 */
final class RandomIvs implements IvSource {

    private static final int PIECE = 4096;

    private final Cipher stream;
    private final byte[] piece = new byte[PIECE];
    private int next = PIECE;

    /** One whose key the system's generator draws. */
    RandomIvs(SecureRandom random) {
        this(drawn(random));
    }

    private RandomIvs(byte[] key) {
        try {
            stream = Cipher.getInstance("AES/CTR/NoPadding", JdkCipher.PROVIDER);
            stream.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(new byte[16]));
        } catch (GeneralSecurityException absent) {
            throw new CryptographyFailure("a generator of initialisation vectors", absent);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] drawn(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return key;
    }

    @Override
    public void write(byte[] bytes, int at, int length, long sequence) {
        if (next + length > PIECE) {
            refill();
        }
        System.arraycopy(piece, next, bytes, at, length);
        next += length;
    }

    private void refill() {
        try {
            Arrays.fill(piece, (byte) 0);
            stream.update(piece, 0, PIECE, piece, 0);
            next = 0;
        } catch (GeneralSecurityException impossible) {
            throw new CryptographyFailure("a generator of initialisation vectors", impossible);
        }
    }
}
