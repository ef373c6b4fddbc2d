package org.keysock.kernel.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with tags of 12 bytes and more, and ChaCha20-Poly1305, of the Java platform. */
final class JdkAead implements Aead {

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final int tag;
    private final boolean galois;

    private JdkAead(String transformation, SecretKeySpec key, int tag, boolean galois) {
        try {
            this.cipher = Cipher.getInstance(transformation, JdkCipher.PROVIDER);
        } catch (GeneralSecurityException absent) {
            throw new CryptographyFailure(transformation, absent);
        }
        this.key = key;
        this.tag = tag;
        this.galois = galois;
    }

    static JdkAead gcm(byte[] key, int tag) {
        return new JdkAead("AES/GCM/NoPadding", new SecretKeySpec(key, "AES"), tag, true);
    }

    static JdkAead chacha20Poly1305(byte[] key) {
        return new JdkAead("ChaCha20-Poly1305", new SecretKeySpec(key, "ChaCha20"), 16, false);
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, int aadLength, byte[] bytes, int at, int length) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(nonce));
            cipher.updateAAD(aad, 0, aadLength);
            cipher.doFinal(bytes, at, length, bytes, at);
        } catch (GeneralSecurityException impossible) {
            throw new CryptographyFailure(cipher.getAlgorithm(), impossible);
        }
    }

    @Override
    public boolean open(byte[] nonce, byte[] aad, int aadLength, byte[] bytes, int at, int length) {
        try {
            initOpening(nonce);
            cipher.updateAAD(aad, 0, aadLength);
            cipher.doFinal(bytes, at, length + tag, bytes, at);
            return true;
        } catch (AEADBadTagException forged) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new CryptographyFailure(cipher.getAlgorithm(), impossible);
        }
    }

    /** JDK 17's ChaCha20 refuses a nonce twice in a row, also when a forger sent it first. */
    private void initOpening(byte[] nonce) throws GeneralSecurityException {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
        } catch (InvalidKeyException again) {
            byte[] other = nonce.clone();
            other[0] ^= 1;
            cipher.init(Cipher.DECRYPT_MODE, key, parameters(other));
            cipher.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
        }
    }

    private AlgorithmParameterSpec parameters(byte[] nonce) {
        return galois ? new GCMParameterSpec(8 * tag, nonce) : new IvParameterSpec(nonce);
    }
}
