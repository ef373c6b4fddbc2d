package org.keysock.tools.ipseckey;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lines of a file or pipe; bytes become characters of Latin-1. */
final class StreamSource implements LineSource {

    private final InputStream in;

    StreamSource(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    @Override
    public boolean append(StringBuilder command) throws IOException {
        int start = command.length();
        while (true) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            // no more is kept than is needed to tell that the line is too long
            if (command.length() - start <= LineReader.LONGEST_LINE) {
                command.append((char) next);
            }
            if (next == '\n') {
                return true;
            }
        }
    }
}
