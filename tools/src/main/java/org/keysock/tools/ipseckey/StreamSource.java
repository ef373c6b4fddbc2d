package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of a file or pipe; bytes become characters of Latin-1. */
final class StreamSource implements LineSource {

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 14];

    /** What was read and not yet handed out, up to {@link #limit}. */
    private int position;

    private int limit;

    StreamSource(InputStream in) {
        this.in = in;
    }

    @Override
    public String line(CharSequence continued) throws IOException {
        String begun = "";
        while (true) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean ended = end < limit;
            int length = end - position + (ended ? 1 : 0);
            // no more is kept than is needed to tell that the line is too long
            int kept = Math.min(length, LineReader.LONGEST_LINE + 1 - begun.length());
            String part = new String(buffer, position, kept, StandardCharsets.ISO_8859_1);
            String line = begun.isEmpty() ? part : begun + part;
            position += length;
            if (ended || !fill()) {
                return line;
            }
            begun = line;
        }
    }

    /** Reads what there is; false at the end of input. */
    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer), 0);
        return limit > 0;
    }
}
