package org.keysock.pfkey.model;

/**
 * A security parameters index, RFC 4301: 32 bits without sign, held as a number (the wire's network
 * order is undone).
 */
public record Spi(int value) implements Comparable<Spi> {

    /** The SPI as an unsigned number. */
    public long unsigned() {
        return Integer.toUnsignedLong(value);
    }

    @Override
    public int compareTo(Spi other) {
        return Integer.compareUnsigned(value, other.value);
    }

    /** Lower case hexadecimal without leading zeros, such as {@code 0x2112}. */
    @Override
    public String toString() {
        return "0x" + Integer.toHexString(value);
    }
}
