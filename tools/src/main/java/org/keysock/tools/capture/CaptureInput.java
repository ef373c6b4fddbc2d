package org.keysock.tools.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a capture file, with the place where they stand. */
final class CaptureInput {

    private static final int BUFFER = 1 << 16;

    private final BufferedInputStream in;
    private long position;

    CaptureInput(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    /** Whether nothing is left. */
    boolean atEnd() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next < 0;
    }

    /**
     * The next bytes.
     *
     * @param what they are, for the complaint when they are missing
     */
    byte[] take(int count, String what) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw ends(bytes.length, count, what);
        }
        position += count;
        return bytes;
    }

    /** The next bytes as numbers of that order. */
    ByteBuffer take(int count, ByteOrder order, String what) throws IOException {
        return ByteBuffer.wrap(take(count, what)).order(order);
    }

    /** Passes over bytes. */
    void skip(long count, String what) throws IOException {
        long left = count;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped == 0 && in.read() >= 0) {
                skipped = 1;
            }
            if (skipped == 0) {
                throw ends(count - left, count, what);
            }
            left -= skipped;
        }
        position += count;
    }

    private BadCapture ends(long found, long expected, String what) {
        return new BadCapture(
                position,
                what + ": the file ends after " + found + " of " + expected + " bytes expected");
    }
}
