package org.keysock.kernel.crypto;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;

/** Cipher block chaining over a block cipher of Bouncy Castle. Allocates nothing. */
final class BouncyChaining implements PayloadCipher {

    private final BlockCipher forth;
    private final BlockCipher back;
    private final int block;
    private final byte[] last;
    private final byte[] kept;

    /**
     * A cipher.
     *
     * @param forth without a key yet
     * @param back another of the same kind
     */
    BouncyChaining(BlockCipher forth, BlockCipher back, byte[] key) {
        this.forth = forth;
        this.back = back;
        forth.init(true, new KeyParameter(key));
        back.init(false, new KeyParameter(key));
        block = forth.getBlockSize();
        last = new byte[block];
        kept = new byte[block];
    }

    @Override
    public int ivLength() {
        return block;
    }

    @Override
    public int blockLength() {
        return block;
    }

    @Override
    public void encrypt(byte[] bytes, int iv, int at, int length) {
        int before = iv;
        for (int here = at; here < at + length; here += block) {
            for (int i = 0; i < block; i++) {
                bytes[here + i] ^= bytes[before + i];
            }
            forth.processBlock(bytes, here, bytes, here);
            before = here;
        }
    }

    @Override
    public void decrypt(byte[] bytes, int iv, int at, int length) {
        System.arraycopy(bytes, iv, last, 0, block);
        for (int here = at; here < at + length; here += block) {
            System.arraycopy(bytes, here, kept, 0, block);
            back.processBlock(bytes, here, bytes, here);
            for (int i = 0; i < block; i++) {
                bytes[here + i] ^= last[i];
            }
            System.arraycopy(kept, 0, last, 0, block);
        }
    }
}
