package org.keysock.kernel.crypto;

/** NULL encryption, RFC 2410. */
final class NullCipher implements PayloadCipher {

    @Override
    public int ivLength() {
        return 0;
    }

    @Override
    public int blockLength() {
        return 1;
    }

    @Override
    public void encrypt(byte[] bytes, int iv, int at, int length) {}

    @Override
    public void decrypt(byte[] bytes, int iv, int at, int length) {}
}
