package org.keysock.tools.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a pcap file, in little-endian order. */
final class PcapWriter implements CaptureWriter {

    private static final long SECOND = 1_000_000_000;

    private final OutputStream out;
    private final int unit;
    private final ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);

    PcapWriter(OutputStream file, boolean nanoseconds) throws IOException {
        out = new BufferedOutputStream(file, 1 << 16);
        unit = nanoseconds ? 1 : 1000;
        header.putInt(nanoseconds ? PcapReader.NANOSECONDS : PcapReader.MICROSECONDS);
        header.putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        header.putInt(CapturedFrame.LONGEST).putInt(LINK_TYPE);
        out.write(header.array());
    }

    @Override
    public void write(long nanos, byte[] bytes, int offset, int length) throws IOException {
        header.clear();
        header.putInt((int) Math.floorDiv(nanos, SECOND));
        header.putInt((int) Math.floorMod(nanos, SECOND) / unit);
        header.putInt(length).putInt(length);
        out.write(header.array(), 0, header.position());
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
