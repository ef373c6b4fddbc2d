package org.keysock.tools.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The packets of a capture file, one after the other. */
public abstract sealed class CaptureReader permits PcapReader, PcapngReader {

    private final CaptureInput in;

    CaptureReader(CaptureInput in) {
        this.in = in;
    }

    /**
     * Begins to read a file of either format.
     *
     * @throws BadCapture if it is of neither
     */
    public static CaptureReader of(InputStream file) throws IOException {
        CaptureInput in = new CaptureInput(file);
        byte[] magic = in.take(Integer.BYTES, "beginning of the file");
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int number = ByteBuffer.wrap(magic).order(order).getInt();
            if (number == PcapReader.MICROSECONDS || number == PcapReader.NANOSECONDS) {
                return new PcapReader(in, order, number == PcapReader.NANOSECONDS);
            }
        }
        if (ByteBuffer.wrap(magic).getInt() == PcapngReader.SECTION_HEADER) {
            return new PcapngReader(in);
        }
        throw new BadCapture(
                0,
                String.format(
                        "0x%08x is neither the beginning of a pcap nor of a pcapng file",
                        ByteBuffer.wrap(magic).getInt()));
    }

    /**
     * The next packet.
     *
     * @return null at the end
     * @throws BadCapture if the file is damaged there
     */
    public abstract @Nullable CapturedFrame next() throws IOException;

    /** Begins to write a file of the same format, of packets without headers of a link. */
    public abstract CaptureWriter writer(OutputStream file) throws IOException;

    /** How many bytes have been read. */
    public final long position() {
        return in.position();
    }

    final CaptureInput in() {
        return in;
    }

    /** The length of a packet, when it can be that. */
    final int length(int captured, String what) throws BadCapture {
        if (captured < 0 || captured > CapturedFrame.LONGEST) {
            throw new BadCapture(
                    in.position(),
                    what
                            + ": captured length "
                            + Integer.toUnsignedString(captured)
                            + ", at most "
                            + CapturedFrame.LONGEST
                            + " expected");
        }
        return captured;
    }
}
