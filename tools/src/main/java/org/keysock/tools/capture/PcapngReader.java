package org.keysock.tools.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pcapng file: draft-ietf-opsawg-pcapng. Sections, their interfaces and packets are read; blocks
 * of other types are passed over.
 */
final class PcapngReader extends CaptureReader {

    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;

    private static final int VERSION = 1;
    private static final int MOST_INTERFACES = 1 << 16;
    private static final int LONGEST_DESCRIPTION = 1 << 20;

    /** Type and length before the body, and the length again behind it. */
    private static final int FRAME_BYTES = 12;

    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private long packets;

    /** The type of the first block has been read. */
    PcapngReader(CaptureInput in) throws IOException {
        super(in);
        section();
    }

    @Override
    public @Nullable CapturedFrame next() throws IOException {
        while (!in().atEnd()) {
            int type = in().take(Integer.BYTES, order, "block type").getInt();
            if (type == SECTION_HEADER) {
                section();
                continue;
            }
            long body = bodyLength(in().take(Integer.BYTES, order, "block length").getInt());
            CapturedFrame frame = null;
            long begin = in().position();
            switch (type) {
                case INTERFACE -> describe(body);
                case ENHANCED_PACKET, OBSOLETE_PACKET -> frame = packet(type, body);
                case SIMPLE_PACKET -> frame = simplePacket(body);
                default -> {
                    // of no meaning to us
                }
            }
            end(begin, body);
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    /** Reads a section header behind its type, which is the same in both byte orders. */
    private void section() throws IOException {
        ByteBuffer start = in().take(8, ByteOrder.BIG_ENDIAN, "section header");
        int magic = start.getInt(4);
        if (magic == BYTE_ORDER_MAGIC) {
            order = ByteOrder.BIG_ENDIAN;
        } else if (Integer.reverseBytes(magic) == BYTE_ORDER_MAGIC) {
            order = ByteOrder.LITTLE_ENDIAN;
        } else {
            throw new BadCapture(
                    in().position() - 4,
                    String.format(
                            "section header: byte order 0x%08x, 0x%08x expected in either order",
                            magic, BYTE_ORDER_MAGIC));
        }
        long body = bodyLength(start.order(order).getInt(0));
        long begin = in().position() - 4;
        need(16, body, "section header");
        int version = in().take(12, order, "section header").getShort(0);
        if (version != VERSION) {
            throw new BadCapture(
                    begin + 4, "pcapng version " + version + ", " + VERSION + " expected");
        }
        interfaces.clear();
        end(begin, body);
    }

    private long bodyLength(int total) throws BadCapture {
        long length = Integer.toUnsignedLong(total);
        if (length < FRAME_BYTES || length % 4 != 0) {
            throw new BadCapture(
                    in().position() - 4,
                    "block length " + length + ", a multiple of 4 from 12 on expected");
        }
        return length - FRAME_BYTES;
    }

    /** Passes over what is left of a block, and its length. */
    private void end(long begin, long body) throws IOException {
        in().skip(begin + body - in().position(), "block");
        int total = in().take(Integer.BYTES, order, "length behind the block").getInt();
        if (Integer.toUnsignedLong(total) != body + FRAME_BYTES) {
            throw new BadCapture(
                    in().position() - 4,
                    "length behind the block "
                            + Integer.toUnsignedString(total)
                            + ", "
                            + (body + FRAME_BYTES)
                            + " expected as before it");
        }
    }

    private void need(int bytes, long body, String what) throws BadCapture {
        if (body < bytes) {
            throw new BadCapture(
                    in().position(),
                    what + ": " + body + " bytes, at least " + bytes + " expected");
        }
    }

    private void describe(long body) throws IOException {
        need(8, body, "interface description");
        if (interfaces.size() == MOST_INTERFACES || body > LONGEST_DESCRIPTION) {
            throw new BadCapture(
                    in().position(),
                    "interface description "
                            + interfaces.size()
                            + " of "
                            + body
                            + " bytes: at most "
                            + MOST_INTERFACES
                            + " of "
                            + LONGEST_DESCRIPTION
                            + " expected");
        }
        long at = in().position();
        interfaces.add(
                CaptureInterface.of(in().take((int) body, order, "interface description"), at));
    }

    private CapturedFrame packet(int type, long body) throws IOException {
        String what = "packet " + ++packets;
        need(20, body, what);
        ByteBuffer header = in().take(20, order, what);
        int number = type == ENHANCED_PACKET ? header.getInt(0) : header.getChar(0);
        CaptureInterface on = on(number, what);
        long time =
                Integer.toUnsignedLong(header.getInt(4)) << 32
                        | Integer.toUnsignedLong(header.getInt(8));
        int length = length(header.getInt(12), what);
        need(length, body - 20, what);
        byte[] bytes = in().take(length, what);
        return new CapturedFrame(
                on.linkType(), on.nanos(time), bytes, Math.max(header.getInt(16), length));
    }

    /** Its captured length is not told: the whole packet, or what the interface keeps of one. */
    private CapturedFrame simplePacket(long body) throws IOException {
        String what = "packet " + ++packets;
        need(4, body, what);
        CaptureInterface on = on(0, what);
        int wire = in().take(Integer.BYTES, order, what).getInt();
        int kept = Integer.compareUnsigned(wire, on.snapLength()) < 0 ? wire : on.snapLength();
        int length = length(kept, what);
        need(length, body - 4, what);
        return new CapturedFrame(on.linkType(), 0, in().take(length, what), Math.max(wire, length));
    }

    private CaptureInterface on(int number, String what) throws BadCapture {
        if (number < 0 || number >= interfaces.size()) {
            throw new BadCapture(
                    in().position(),
                    what
                            + ": interface "
                            + Integer.toUnsignedString(number)
                            + ", of which "
                            + interfaces.size()
                            + " have been described");
        }
        return interfaces.get(number);
    }

    @Override
    public CaptureWriter writer(OutputStream file) throws IOException {
        return new PcapngWriter(file);
    }
}
