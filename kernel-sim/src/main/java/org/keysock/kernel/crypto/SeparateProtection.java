package org.keysock.kernel.crypto;

import org.jspecify.annotations.Nullable;

/** ESP with a cipher, an integrity algorithm of its own, or both: RFC 4303 section 3.3.2.1. */
final class SeparateProtection implements EspProtection {

    private static final int HEADER = 8;
    private static final int SMALLEST_ALIGNMENT = 4;

    private final PayloadCipher cipher;
    private final @Nullable Integrity integrity;
    private final IvSource ivs;
    private final boolean extended;
    private final byte[] upperHalf = new byte[4];

    SeparateProtection(
            PayloadCipher cipher, @Nullable Integrity integrity, boolean extended, IvSource ivs) {
        this.cipher = cipher;
        this.integrity = integrity;
        this.extended = extended;
        this.ivs = ivs;
    }

    @Override
    public int ivLength() {
        return cipher.ivLength();
    }

    @Override
    public int icvLength() {
        return integrity == null ? 0 : integrity.icvLength();
    }

    @Override
    public int alignment() {
        return Math.max(SMALLEST_ALIGNMENT, cipher.blockLength());
    }

    @Override
    public void writeIv(byte[] bytes, int at, long sequence) {
        if (cipher.ivLength() > 0) {
            ivs.write(bytes, at, cipher.ivLength(), sequence);
        }
    }

    @Override
    public void seal(byte[] bytes, int esp, int end, long sequence) {
        int payload = esp + HEADER + cipher.ivLength();
        cipher.encrypt(bytes, esp + HEADER, payload, end - payload);
        if (integrity != null) {
            takeIn(integrity, bytes, esp, end, sequence);
            integrity.finish(bytes, end);
        }
    }

    @Override
    public boolean open(byte[] bytes, int esp, int end, long sequence) {
        if (integrity != null) {
            takeIn(integrity, bytes, esp, end, sequence);
            if (!integrity.matches(bytes, end)) {
                return false;
            }
        }
        int payload = esp + HEADER + cipher.ivLength();
        cipher.decrypt(bytes, esp + HEADER, payload, end - payload);
        return true;
    }

    /** All up to the value itself, then the half of the sequence number that is not sent. */
    private void takeIn(Integrity into, byte[] bytes, int esp, int end, long sequence) {
        into.update(bytes, esp, end - esp);
        if (extended) {
            Bits.putInt(upperHalf, 0, (int) (sequence >>> 32));
            into.update(upperHalf, 0, 4);
        }
    }
}
