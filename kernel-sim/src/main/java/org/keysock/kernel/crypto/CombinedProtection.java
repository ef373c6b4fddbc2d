package org.keysock.kernel.crypto;

/** ESP with a combined mode: RFC 4106 (GCM), 4309 (CCM), 7634 (ChaCha20-Poly1305). */
final class CombinedProtection implements EspProtection {

    private static final int IV = 8;
    private static final int HEADER = 8;

    private final Aead aead;
    private final IvSource ivs;
    private final int icvLength;
    private final boolean extended;
    private final byte[] nonce;
    private final byte[] aad;

    CombinedProtection(Aead aead, byte[] salt, int icvLength, boolean extended, IvSource ivs) {
        this.aead = aead;
        this.ivs = ivs;
        this.icvLength = icvLength;
        this.extended = extended;
        nonce = new byte[salt.length + IV];
        System.arraycopy(salt, 0, nonce, 0, salt.length);
        aad = new byte[extended ? HEADER + 4 : HEADER];
    }

    @Override
    public int ivLength() {
        return IV;
    }

    @Override
    public int icvLength() {
        return icvLength;
    }

    @Override
    public int alignment() {
        return 4;
    }

    @Override
    public void writeIv(byte[] bytes, int at, long sequence) {
        ivs.write(bytes, at, IV, sequence);
    }

    @Override
    public void seal(byte[] bytes, int esp, int end, long sequence) {
        prepare(bytes, esp, sequence);
        int payload = esp + HEADER + IV;
        aead.seal(nonce, aad, aad.length, bytes, payload, end - payload);
    }

    @Override
    public boolean open(byte[] bytes, int esp, int end, long sequence) {
        prepare(bytes, esp, sequence);
        int payload = esp + HEADER + IV;
        return aead.open(nonce, aad, aad.length, bytes, payload, end - payload);
    }

    /** Associated data: SPI and the sequence number, of 64 bits if it is extended. */
    private void prepare(byte[] bytes, int esp, long sequence) {
        System.arraycopy(bytes, esp + HEADER, nonce, nonce.length - IV, IV);
        System.arraycopy(bytes, esp, aad, 0, 4);
        if (extended) {
            Bits.putLong(aad, 4, sequence);
        } else {
            System.arraycopy(bytes, esp + 4, aad, 4, 4);
        }
    }
}
