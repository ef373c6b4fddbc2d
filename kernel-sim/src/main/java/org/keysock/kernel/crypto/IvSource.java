package org.keysock.kernel.crypto;

/** Where the initialisation vectors of packets that leave come from. Used by one thread. */
public interface IvSource {

    /** Writes the initialisation vector of the packet of that sequence number. */
    void write(byte[] bytes, int at, int length, long sequence);

    /**
     * For counter modes, in which no vector may ever come twice: the sequence number, covered by a
     * number of the SA's own.
     */
    static IvSource counting(long cover) {
        return (bytes, at, length, sequence) -> Bits.putLong(bytes, at, sequence ^ cover);
    }
}
