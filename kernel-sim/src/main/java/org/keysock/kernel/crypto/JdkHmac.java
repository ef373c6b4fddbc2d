package org.keysock.kernel.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC of the Java platform, RFC 2104, cut to the length that the SA says. */
final class JdkHmac implements Integrity {

    private final Mac mac;
    private final int icvLength;
    private final byte[] full;

    JdkHmac(String name, byte[] key, int icvLength) {
        try {
            mac = Mac.getInstance(name, JdkCipher.PROVIDER);
            mac.init(new SecretKeySpec(key, name));
        } catch (GeneralSecurityException absent) {
            throw new CryptographyFailure(name, absent);
        }
        this.icvLength = icvLength;
        full = new byte[mac.getMacLength()];
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
        compute();
        System.arraycopy(full, 0, bytes, offset, icvLength);
    }

    @Override
    public boolean matches(byte[] bytes, int offset) {
        compute();
        return Bits.same(full, bytes, offset, icvLength);
    }

    private void compute() {
        try {
            mac.doFinal(full, 0);
        } catch (GeneralSecurityException impossible) {
            throw new CryptographyFailure(mac.getAlgorithm(), impossible);
        }
    }
}
