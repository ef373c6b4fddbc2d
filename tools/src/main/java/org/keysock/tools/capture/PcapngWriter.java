package org.keysock.tools.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a pcapng file of one section and one interface, in little-endian order. */
final class PcapngWriter implements CaptureWriter {

    private static final int TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    private static final int SECTION_BYTES = 28;
    private static final int INTERFACE_BYTES = 32;
    private static final int PACKET_BYTES = 32;

    private final OutputStream out;
    private final ByteBuffer block = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

    PcapngWriter(OutputStream file) throws IOException {
        out = new BufferedOutputStream(file, 1 << 16);
        block.putInt(PcapngReader.SECTION_HEADER).putInt(SECTION_BYTES);
        block.putInt(PcapngReader.BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0);
        block.putLong(-1).putInt(SECTION_BYTES);
        block.putInt(PcapngReader.INTERFACE).putInt(INTERFACE_BYTES);
        block.putShort((short) LINK_TYPE).putShort((short) 0).putInt(CapturedFrame.LONGEST);
        block.putShort((short) TIME_RESOLUTION).putShort((short) 1).putInt(NANOSECONDS);
        block.putInt(0).putInt(INTERFACE_BYTES);
        out.write(block.array(), 0, block.position());
    }

    @Override
    public void write(long nanos, byte[] bytes, int offset, int length) throws IOException {
        int padding = -length & 3;
        int total = PACKET_BYTES + length + padding;
        block.clear();
        block.putInt(PcapngReader.ENHANCED_PACKET).putInt(total).putInt(0);
        block.putInt((int) (nanos >>> 32)).putInt((int) nanos).putInt(length).putInt(length);
        out.write(block.array(), 0, block.position());
        out.write(bytes, offset, length);
        block.clear();
        block.putInt(0).putInt(total);
        out.write(block.array(), 4 - padding, padding + 4);
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
