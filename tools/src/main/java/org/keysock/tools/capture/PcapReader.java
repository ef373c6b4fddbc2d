package org.keysock.tools.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A pcap file: draft-ietf-opsawg-pcap. */
final class PcapReader extends CaptureReader {

    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;

    /** Of the file header, behind the magic number. */
    private static final int HEADER_BYTES = 20;

    private static final int RECORD_HEADER_BYTES = 16;
    private static final int VERSION = 2;

    /** Above it, the number of the link has bits about frame check sequences. */
    private static final int LINK_TYPE_MASK = 0xffff;

    private static final int SECOND = 1_000_000_000;

    private final ByteOrder order;
    private final boolean nanoseconds;
    private final int linkType;
    private long packets;

    PcapReader(CaptureInput in, ByteOrder order, boolean nanoseconds) throws IOException {
        super(in);
        this.order = order;
        this.nanoseconds = nanoseconds;
        ByteBuffer header = in.take(HEADER_BYTES, order, "file header");
        int version = header.getShort(0);
        if (version != VERSION) {
            throw new BadCapture(4, "pcap version " + version + ", " + VERSION + " expected");
        }
        linkType = header.getInt(16) & LINK_TYPE_MASK;
    }

    @Override
    public @Nullable CapturedFrame next() throws IOException {
        if (in().atEnd()) {
            return null;
        }
        String what = "packet " + ++packets;
        long at = in().position();
        ByteBuffer header = in().take(RECORD_HEADER_BYTES, order, what);
        int length = length(header.getInt(8), what);
        long fraction = Integer.toUnsignedLong(header.getInt(4)) * (nanoseconds ? 1 : 1000);
        if (fraction >= SECOND) {
            throw new BadCapture(
                    at + 4,
                    what + ": " + fraction + " nanoseconds, fewer than " + SECOND + " expected");
        }
        long nanos = Integer.toUnsignedLong(header.getInt(0)) * SECOND + fraction;
        byte[] bytes = in().take(length, what);
        return new CapturedFrame(linkType, nanos, bytes, Math.max(header.getInt(12), length));
    }

    @Override
    public CaptureWriter writer(OutputStream file) throws IOException {
        return new PcapWriter(file, nanoseconds);
    }
}
