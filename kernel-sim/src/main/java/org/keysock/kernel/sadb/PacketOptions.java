package org.keysock.kernel.sadb;

/**
 * How packets of an SA are built, beyond what the dialects' messages can say: RFC 4303.
 *
 * @param extendedSequence sequence numbers have 64 bits, of which the lower 32 are sent: section
 *     2.2.1
 * @param tfcLength bytes to which the payload of a tunnel packet is filled up before ESP's own
 *     padding, 0 for none: section 2.7
 */
public record PacketOptions(boolean extendedSequence, int tfcLength) {

    /** 32-bit sequence numbers and no filling. */
    public static final PacketOptions PLAIN = new PacketOptions(false, 0);
}
