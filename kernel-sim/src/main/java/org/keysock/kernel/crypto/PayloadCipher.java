package org.keysock.kernel.crypto;

/** A cipher that only hides, with the key of one SA. Works in place. */
interface PayloadCipher {

    /** Bytes of the initialisation vector as sent. */
    int ivLength();

    /** Bytes that what is encrypted must be a multiple of. */
    int blockLength();

    /** Encrypts {@code length} bytes from {@code at} with the vector at {@code iv}. */
    void encrypt(byte[] bytes, int iv, int at, int length);

    /** Decrypts them. */
    void decrypt(byte[] bytes, int iv, int at, int length);
}
