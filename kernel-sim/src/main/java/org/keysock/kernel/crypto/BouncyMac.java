package org.keysock.kernel.crypto;

import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.params.KeyParameter;

/** An integrity algorithm of Bouncy Castle, cut to the length that the SA says. */
final class BouncyMac implements Integrity {

    private final Mac mac;
    private final int icvLength;
    private final byte[] full;

    BouncyMac(Mac mac, byte[] key, int icvLength) {
        this.mac = mac;
        mac.init(new KeyParameter(key));
        this.icvLength = icvLength;
        full = new byte[mac.getMacSize()];
    }

    @Override
    public int icvLength() {
        return icvLength;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        mac.update(bytes, offset, length);
    }

    @Override
    public void finish(byte[] bytes, int offset) {
        mac.doFinal(full, 0);
        System.arraycopy(full, 0, bytes, offset, icvLength);
    }

    @Override
    public boolean matches(byte[] bytes, int offset) {
        mac.doFinal(full, 0);
        return Bits.same(full, bytes, offset, icvLength);
    }
}
