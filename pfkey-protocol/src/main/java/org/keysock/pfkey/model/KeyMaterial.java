package org.keysock.pfkey.model;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Secret key bytes, most significant first. Copied in, and out only through {@link #revealed()};
 * compared in constant time; the text form tells the length alone.
 */
public final class KeyMaterial {

    /** No bytes at all: the key of a null algorithm. */
    public static final KeyMaterial EMPTY = new KeyMaterial(new byte[0]);

    private final byte[] bytes;

    private KeyMaterial(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the given bytes. */
    public static KeyMaterial of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /**
     * A copy of {@code length} bytes from {@code offset}.
     *
     * @throws IndexOutOfBoundsException if they are not inside {@code bytes}
     */
    public static KeyMaterial of(byte[] bytes, int offset, int length) {
        return length == 0
                ? EMPTY
                : new KeyMaterial(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the secret bytes: the one way out. */
    public byte[] revealed() {
        return bytes.clone();
    }

    /** Puts the secret bytes into {@code target} from {@code offset}: the way to the wire. */
    public void revealInto(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /** Overwrites the bytes with zeros; called when the SA that owned them is gone. */
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyMaterial key && MessageDigest.isEqual(bytes, key.bytes);
    }

    /** The length alone, so that no hash of a secret gets about. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "KeyMaterial[" + bytes.length + " bytes]";
    }
}
