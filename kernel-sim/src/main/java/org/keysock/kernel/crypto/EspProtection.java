package org.keysock.kernel.crypto;

/**
 * What ESP does to the payloads of one SA in one direction, with its keys: confidentiality,
 * integrity, or both at once (RFC 4303 sections 3.3.2 and 3.4.4). Used by one thread at a time.
 *
 * <p>A packet lies in a byte array: SPI and sequence number (8 bytes) at {@code esp}, the
 * initialisation vector ({@link #ivLength} bytes), the payload with trailer up to {@code end}, the
 * integrity check value ({@link #icvLength} bytes) from {@code end} on. Sequence numbers have 64
 * bits; of those that are not extended the upper half is 0.
 */
public interface EspProtection {

    /** Bytes of the initialisation vector as sent; 0 for none. */
    int ivLength();

    /** Bytes of the integrity check value; 0 for none. */
    int icvLength();

    /** Payload, padding and the last two bytes are a multiple of this many bytes; at least 4. */
    int alignment();

    /**
     * Writes the initialisation vector of a packet that leaves.
     *
     * @param at where it begins
     */
    void writeIv(byte[] bytes, int at, long sequence);

    /** Encrypts payload and trailer in place and writes the integrity check value behind them. */
    void seal(byte[] bytes, int esp, int end, long sequence);

    /**
     * Checks the integrity check value at {@code end}, in constant time, and if it is right
     * decrypts payload and trailer in place.
     *
     * @return whether it was right; if not, the bytes of the payload have no meaning any more
     */
    boolean open(byte[] bytes, int esp, int end, long sequence);
}
