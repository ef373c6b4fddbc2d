package org.keysock.kernel.crypto;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** A combined mode of Bouncy Castle: what the Java platform has not, as CCM and short tags. */
final class BouncyAead implements Aead {

    private final AEADCipher cipher;
    private final KeyParameter key;
    private final int tag;

    BouncyAead(AEADCipher cipher, byte[] key, int tag) {
        this.cipher = cipher;
        this.key = new KeyParameter(key);
        this.tag = tag;
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, int aadLength, byte[] bytes, int at, int length) {
        try {
            run(true, nonce, aad, aadLength, bytes, at, length);
        } catch (InvalidCipherTextException impossible) {
            throw new CryptographyFailure(cipher.getAlgorithmName(), impossible);
        }
    }

    @Override
    public boolean open(byte[] nonce, byte[] aad, int aadLength, byte[] bytes, int at, int length) {
        try {
            run(false, nonce, aad, aadLength, bytes, at, length + tag);
            return true;
        } catch (InvalidCipherTextException forged) {
            return false;
        }
    }

    private void run(
            boolean forth,
            byte[] nonce,
            byte[] aad,
            int aadLength,
            byte[] bytes,
            int at,
            int length)
            throws InvalidCipherTextException {
        cipher.init(forth, new AEADParameters(key, 8 * tag, nonce));
        cipher.processAADBytes(aad, 0, aadLength);
        int done = cipher.processBytes(bytes, at, length, bytes, at);
        cipher.doFinal(bytes, at + done);
    }
}
