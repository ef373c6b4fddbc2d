package org.keysock.tools.cli;

/** Tells how far a long file is, a line a second at most. */
final class PcapProgress {

    private static final long SECOND = 1_000_000_000;
    private static final int ASK_EVERY = 1024;

    private final Output err;
    private final long size;
    private long next = System.nanoTime() + SECOND;

    /**
     * Nothing is told yet.
     *
     * @param size of the file, in bytes
     */
    PcapProgress(Output err, long size) {
        this.err = err;
        this.size = size;
    }

    /** So many bytes and packets have been read. */
    void at(long bytes, long packets) {
        if (packets % ASK_EVERY == 0 && System.nanoTime() - next >= 0) {
            next += SECOND;
            tell(bytes, packets);
        }
    }

    /** That was all. */
    void end(long bytes, long packets) {
        tell(bytes, packets);
    }

    private void tell(long bytes, long packets) {
        long percent = size == 0 ? 100 : Math.min(100, 100 * bytes / size);
        err.print("pfkey pcap: " + percent + " %, " + packets + " packets\n").flush();
    }
}
