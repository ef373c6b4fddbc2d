package org.keysock.tools.klips;

/** A PF_KEY socket of KLIPS: {@code socket(15, SOCK_RAW, 2)}, klips.md 2.1. */
interface KeySocket extends AutoCloseable {

    /**
     * Writes a message; what the kernel thinks of it comes back here and in no other way, as
     * klips.md 2.2 has it.
     *
     * @return how many bytes were taken
     */
    int write(byte[] message) throws CallFailed;

    /** The next message, which may be an answer to what was written; empty: there are no more. */
    byte[] read() throws CallFailed;

    @Override
    void close();
}
