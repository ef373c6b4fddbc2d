package org.keysock.kernel.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A cipher of the Java platform: CBC (RFC 3602, RFC 2451), or counter mode (RFC 3686). */
final class JdkCipher implements PayloadCipher {

    /** Asked for by name, so that whatever is registered besides does not matter. */
    static final String PROVIDER = "SunJCE";

    private static final int NONCE = 4;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final int ivLength;
    private final int blockLength;
    private final byte[] counter;
    private byte[] copy = new byte[2048];

    private JdkCipher(String transformation, SecretKeySpec key, int iv, int block, byte[] counter) {
        try {
            this.cipher = Cipher.getInstance(transformation, PROVIDER);
        } catch (GeneralSecurityException absent) {
            throw new CryptographyFailure(transformation, absent);
        }
        this.key = key;
        this.ivLength = iv;
        this.blockLength = block;
        this.counter = counter;
    }

    /** Cipher block chaining. */
    static JdkCipher chaining(String name, byte[] key, int block) {
        return new JdkCipher(
                name + "/CBC/NoPadding", new SecretKeySpec(key, name), block, block, new byte[0]);
    }

    /** AES in counter mode: the counter block is nonce, vector, and 1 (RFC 3686 section 4). */
    static JdkCipher counter(byte[] key, byte[] nonce) {
        byte[] block = new byte[16];
        System.arraycopy(nonce, 0, block, 0, NONCE);
        block[15] = 1;
        return new JdkCipher("AES/CTR/NoPadding", new SecretKeySpec(key, "AES"), 8, 1, block);
    }

    @Override
    public int ivLength() {
        return ivLength;
    }

    @Override
    public int blockLength() {
        return blockLength;
    }

    @Override
    public void encrypt(byte[] bytes, int iv, int at, int length) {
        run(Cipher.ENCRYPT_MODE, bytes, iv, at, length);
    }

    @Override
    public void decrypt(byte[] bytes, int iv, int at, int length) {
        run(Cipher.DECRYPT_MODE, bytes, iv, at, length);
    }

    /** From a copy: the platform would make one itself each time, to work in place. */
    private void run(int mode, byte[] bytes, int iv, int at, int length) {
        if (copy.length < length) {
            copy = new byte[length];
        }
        System.arraycopy(bytes, at, copy, 0, length);
        try {
            cipher.init(mode, key, parameters(bytes, iv));
            cipher.doFinal(copy, 0, length, bytes, at);
        } catch (GeneralSecurityException impossible) {
            throw new CryptographyFailure(cipher.getAlgorithm(), impossible);
        }
    }

    private AlgorithmParameterSpec parameters(byte[] bytes, int iv) {
        if (counter.length == 0) {
            return new IvParameterSpec(bytes, iv, ivLength);
        }
        System.arraycopy(bytes, iv, counter, NONCE, ivLength);
        return new IvParameterSpec(counter);
    }
}
