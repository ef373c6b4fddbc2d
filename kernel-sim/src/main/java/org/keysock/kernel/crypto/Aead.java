package org.keysock.kernel.crypto;

/** A combined mode, RFC 5116, with the key of one SA. Works in place. */
interface Aead {

    /**
     * Encrypts {@code length} bytes from {@code at} and writes the tag behind them; for that many
     * bytes as the tag has uncut there must be room.
     *
     * @param aad the associated data: its first {@code aadLength} bytes
     */
    void seal(byte[] nonce, byte[] aad, int aadLength, byte[] bytes, int at, int length);

    /**
     * Checks the tag behind {@code length} bytes in constant time, and decrypts them if it is
     * right.
     */
    boolean open(byte[] nonce, byte[] aad, int aadLength, byte[] bytes, int at, int length);
}
