package org.keysock.kernel.crypto;

/** ESP with AES-GMAC, which hides nothing: RFC 4543. The payload is associated data. */
final class AuthenticatedOnly implements EspProtection {

    private static final int IV = 8;
    private static final int HEADER = 8;
    private static final int TAG = 16;

    private final Aead gcm;
    private final IvSource ivs;
    private final boolean extended;
    private final byte[] nonce;
    private final byte[] tag = new byte[TAG];
    private byte[] aad = new byte[2048];

    AuthenticatedOnly(Aead gcm, byte[] salt, boolean extended, IvSource ivs) {
        this.gcm = gcm;
        this.ivs = ivs;
        this.extended = extended;
        nonce = new byte[salt.length + IV];
        System.arraycopy(salt, 0, nonce, 0, salt.length);
    }

    @Override
    public int ivLength() {
        return IV;
    }

    @Override
    public int icvLength() {
        return TAG;
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
        gcm.seal(nonce, aad, prepare(bytes, esp, end, sequence), tag, 0, 0);
        System.arraycopy(tag, 0, bytes, end, TAG);
    }

    @Override
    public boolean open(byte[] bytes, int esp, int end, long sequence) {
        int length = prepare(bytes, esp, end, sequence);
        System.arraycopy(bytes, end, tag, 0, TAG);
        return gcm.open(nonce, aad, length, tag, 0, 0);
    }

    /** Associated data: SPI, sequence number, initialisation vector, payload; its length. */
    private int prepare(byte[] bytes, int esp, int end, long sequence) {
        System.arraycopy(bytes, esp + HEADER, nonce, nonce.length - IV, IV);
        int upper = extended ? 4 : 0;
        int length = end - esp + upper;
        if (aad.length < length) {
            aad = new byte[length];
        }
        System.arraycopy(bytes, esp, aad, 0, 4);
        if (extended) {
            Bits.putInt(aad, 4, (int) (sequence >>> 32));
        }
        System.arraycopy(bytes, esp + 4, aad, 4 + upper, end - esp - 4);
        return length;
    }
}
