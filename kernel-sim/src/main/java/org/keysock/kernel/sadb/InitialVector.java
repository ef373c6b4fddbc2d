package org.keysock.kernel.sadb;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The initialisation vector that KLIPS draws for an SA when it is added, and shows: klips.md
 * sections 3.3 and 6.2.
 *
 * @param bytes as many as the cipher's blocks have
 */
public record InitialVector(byte[] bytes) {

    public InitialVector {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Its length in bits. */
    public int bits() {
        return 8 * bytes.length;
    }

    /** Whether every bit of it is zero. */
    public boolean zero() {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InitialVector iv && Arrays.equals(iv.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Two hexadecimal digits for each byte. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
