package org.keysock.tools.cli;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Pushes packets through an emulator's transform core, many ahead of their answers ({@code
 * kernel-sim/docs/packets.md}).
 */
final class PacketsClient implements Closeable {

    static final String SOCKET = "packets.stream";

    /** What may wait for its answer: less than the emulator has room for. */
    static final int MOST_AHEAD = 1 << 17;

    private static final int HEADER_BYTES = 12;
    private static final int DIRECTION_AT = 4;
    private static final int RELEASED = 2;
    private static final int LONGEST_PACKET = 65_535;
    private static final int LONGEST_ANSWER = 1 << 18;

    private final Path socket;
    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 18);
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST_ANSWER).flip();

    /**
     * What became of a packet.
     *
     * @param verdict its name
     * @param packet empty unless a packet came of it
     * @param late whether it is the second answer, for a packet that had to wait
     */
    record Answer(String verdict, byte[] packet, boolean late) {}

    private PacketsClient(Path socket, SocketChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    /**
     * Connects to the emulator of a folder.
     *
     * @throws Unreachable if nobody answers there
     */
    static PacketsClient of(Path folder) throws Unreachable {
        Path socket = folder.resolve(SOCKET);
        try {
            return new PacketsClient(socket, ControlClient.connect(socket));
        } catch (IOException silent) {
            throw new Unreachable(socket, silent);
        }
    }

    /** What it costs to be ahead with a packet of that length. */
    static int cost(int length) {
        return 1024 + length;
    }

    /** Whether a packet can be said at all. */
    static boolean fits(int length) {
        return length <= LONGEST_PACKET;
    }

    /** Pushes a packet; it goes with {@link #flush}, or before. */
    void push(boolean inbound, byte[] bytes, int offset, int length) throws Unreachable {
        if (out.remaining() < HEADER_BYTES + length) {
            flush();
        }
        out.putInt(HEADER_BYTES + length).putInt((inbound ? 1 : 0) << 24).putInt(0);
        out.put(bytes, offset, length);
    }

    void flush() throws Unreachable {
        out.flip();
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } catch (IOException gone) {
            throw new Unreachable(socket, gone);
        }
        out.clear();
    }

    /** The next answer. */
    Answer next() throws Unreachable {
        read(HEADER_BYTES);
        int length = in.getInt(in.position());
        int name = in.getChar(in.position() + 6);
        if (length < HEADER_BYTES + name || length > in.capacity()) {
            throw new Unreachable(
                    socket, new IOException("an answer makes no sense: length " + length));
        }
        boolean late = in.get(in.position() + DIRECTION_AT) == RELEASED;
        read(length);
        in.position(in.position() + HEADER_BYTES);
        byte[] verdict = new byte[name];
        byte[] packet = new byte[length - HEADER_BYTES - name];
        in.get(verdict).get(packet);
        return new Answer(new String(verdict, StandardCharsets.US_ASCII), packet, late);
    }

    private void read(int bytes) throws Unreachable {
        if (in.remaining() >= bytes) {
            return;
        }
        in.compact();
        try {
            while (in.position() < bytes) {
                if (channel.read(in) < 0) {
                    throw new EOFException("it closed the connection");
                }
            }
        } catch (IOException gone) {
            throw new Unreachable(socket, gone);
        }
        in.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
