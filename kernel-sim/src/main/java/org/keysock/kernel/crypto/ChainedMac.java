package org.keysock.kernel.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two integrity algorithms that chain blocks of AES and treat the last one by itself:
 * AES-XCBC-MAC-96 (RFC 3566) and AES-CMAC (RFC 4493, 4494). They differ in their subkeys alone.
 */
final class ChainedMac implements Integrity {

    private static final int BLOCK = 16;
    private static final IvParameterSpec ZERO = new IvParameterSpec(new byte[BLOCK]);

    private final Cipher chain;
    private final byte[] whole;
    private final byte[] filled;
    private final int icvLength;
    private final byte[] pending = new byte[BLOCK];
    private byte[] chained = new byte[2048];
    private int held;

    private ChainedMac(byte[] key, byte[] whole, byte[] filled, int icvLength) {
        this.whole = whole;
        this.filled = filled;
        this.icvLength = icvLength;
        try {
            chain = Cipher.getInstance("AES/CBC/NoPadding", JdkCipher.PROVIDER);
            chain.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), ZERO);
        } catch (GeneralSecurityException absent) {
            throw new CryptographyFailure("AES", absent);
        }
    }

    /** AES-XCBC-MAC: three keys of constant blocks. */
    static ChainedMac xcbc(byte[] key, int icvLength) {
        byte[] first = encrypted(key, constant(1));
        ChainedMac mac =
                new ChainedMac(
                        first, encrypted(key, constant(2)), encrypted(key, constant(3)), icvLength);
        Arrays.fill(first, (byte) 0);
        return mac;
    }

    /** AES-CMAC: the key itself, and two that are doubled from an encrypted zero block. */
    static ChainedMac cmac(byte[] key, int icvLength) {
        byte[] once = doubled(encrypted(key, constant(0)));
        return new ChainedMac(key, once, doubled(once), icvLength);
    }

    private static byte[] constant(int value) {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) value);
        return block;
    }

    private static byte[] encrypted(byte[] key, byte[] block) {
        try {
            Cipher once = Cipher.getInstance("AES/CBC/NoPadding", JdkCipher.PROVIDER);
            once.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), ZERO);
            return once.doFinal(block);
        } catch (GeneralSecurityException absent) {
            throw new CryptographyFailure("AES", absent);
        }
    }

    /** Times x in the field of 2^128 elements, RFC 4493 section 2.3. */
    private static byte[] doubled(byte[] block) {
        long high = Bits.getLong(block, 0);
        long low = Bits.getLong(block, 8);
        byte[] product = new byte[BLOCK];
        Bits.putLong(product, 0, high << 1 | low >>> 63);
        Bits.putLong(product, 8, low << 1 ^ (high >> 63 & 0x87));
        return product;
    }

    @Override
    public int icvLength() {
        return icvLength;
    }

    /** Chains whole blocks and keeps the last one back, whole or not. */
    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        if (held > 0) {
            int more = Math.min(BLOCK - held, left);
            System.arraycopy(bytes, at, pending, held, more);
            held += more;
            at += more;
            left -= more;
            if (left == 0) {
                return;
            }
            chain(pending, 0, BLOCK);
            held = 0;
        }
        if (left > 0) {
            int whole = (left - 1) / BLOCK * BLOCK;
            chain(bytes, at, whole);
            held = left - whole;
            System.arraycopy(bytes, at + whole, pending, 0, held);
        }
    }

    private void chain(byte[] bytes, int at, int length) {
        if (length == 0) {
            return;
        }
        if (chained.length < length) {
            chained = new byte[length];
        }
        try {
            chain.update(bytes, at, length, chained, 0);
        } catch (GeneralSecurityException impossible) {
            throw new CryptographyFailure("AES", impossible);
        }
    }

    @Override
    public void finish(byte[] bytes, int offset) {
        compute();
        System.arraycopy(chained, 0, bytes, offset, icvLength);
    }

    @Override
    public boolean matches(byte[] bytes, int offset) {
        compute();
        return Bits.same(chained, bytes, offset, icvLength);
    }

    private void compute() {
        byte[] last = whole;
        if (held < BLOCK) {
            Arrays.fill(pending, held, BLOCK, (byte) 0);
            pending[held] = (byte) 0x80;
            last = filled;
        }
        for (int i = 0; i < BLOCK; i++) {
            pending[i] ^= last[i];
        }
        held = 0;
        try {
            chain.doFinal(pending, 0, BLOCK, chained, 0); // begins anew, from zero
        } catch (GeneralSecurityException impossible) {
            throw new CryptographyFailure("AES", impossible);
        }
    }
}
