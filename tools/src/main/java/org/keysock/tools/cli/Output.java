package org.keysock.tools.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A stream of text in Latin-1, one character a byte, buffered until {@link #flush()}. A stream that
 * no longer takes bytes is written to no more, as programs do whose reader has left.
 */
public final class Output {

    private static final int CAPACITY = 1 << 14;

    private final OutputStream stream;
    private final byte[] buffer = new byte[CAPACITY];
    private int used;
    private @Nullable IOException failure;

    /** Output to that stream. */
    public Output(OutputStream stream) {
        this.stream = stream;
    }

    /** Writes the characters; those beyond Latin-1 as question marks. */
    public Output print(CharSequence text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        int at = 0;
        while (at < bytes.length) {
            if (used == CAPACITY) {
                drain();
            }
            int count = Math.min(bytes.length - at, CAPACITY - used);
            System.arraycopy(bytes, at, buffer, used, count);
            used += count;
            at += count;
        }
        return this;
    }

    /** Hands everything to the stream. */
    public void flush() {
        drain();
        try {
            if (failure == null) {
                stream.flush();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** A writer to this output; its {@code flush} is that of the output. */
    public Writer asWriter() {
        return new Writer() {
            @Override
            public void write(char[] text, int offset, int length) {
                print(CharBuffer.wrap(text, offset, length));
            }

            @Override
            public void flush() {
                Output.this.flush();
            }

            @Override
            public void close() {
                flush();
            }
        };
    }

    /** Whether bytes were lost because the stream did not take them. */
    public boolean failed() {
        return failure != null;
    }

    /** Whether it was because nobody reads them any more, of which programs make no words. */
    public boolean deserted() {
        return failure != null && "Broken pipe".equals(failure.getMessage());
    }

    /** What the system says of the failure. */
    public String failure() {
        IOException reason = failure;
        String words = reason == null ? null : reason.getMessage();
        return words == null ? "not written" : words;
    }

    private void drain() {
        try {
            if (failure == null) {
                stream.write(buffer, 0, used);
            }
        } catch (IOException e) {
            failure = e;
        }
        used = 0;
    }
}
