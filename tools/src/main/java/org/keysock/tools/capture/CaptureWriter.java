package org.keysock.tools.capture;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;

/** A capture file of IP packets without headers of a link. */
public sealed interface CaptureWriter extends Closeable, Flushable
        permits PcapWriter, PcapngWriter {

    /** LINKTYPE_RAW: what both formats call such packets. */
    int LINK_TYPE = 101;

    /**
     * Writes a packet.
     *
     * @param nanos when it was seen, since 1970
     * @param bytes holds it
     * @param offset where it begins
     */
    void write(long nanos, byte[] bytes, int offset, int length) throws IOException;
}
