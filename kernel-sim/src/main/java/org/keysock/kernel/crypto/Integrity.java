package org.keysock.kernel.crypto;

/**
 * An integrity check value over pieces of a packet, with the key of one SA: RFC 4302 section 3.3.3.
 * Used by one thread at a time; {@link #finish} and {@link #matches} begin anew.
 */
public interface Integrity {

    /** Bytes of the value as sent. */
    int icvLength();

    /** Takes in some more bytes. */
    void update(byte[] bytes, int offset, int length);

    /** Writes the value of all that was taken in. */
    void finish(byte[] bytes, int offset);

    /** Compares the value of all that was taken in, in constant time. */
    boolean matches(byte[] bytes, int offset);
}
