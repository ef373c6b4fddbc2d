package org.keysock.pfkey.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The paths that a socket can be bound to. */
public final class SocketPath {

    /** {@code sun_path} has 108 bytes, the last of which is zero. */
    public static final int MAX_BYTES = 107;

    private SocketPath() {}

    /**
     * The path, if a socket can have it.
     *
     * @throws IOException if it is longer than {@link #MAX_BYTES} bytes; the text is for people
     */
    public static Path checked(Path path) throws IOException {
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IOException(
                    "the path of a socket has at most "
                            + MAX_BYTES
                            + " bytes, this has "
                            + bytes
                            + ": "
                            + path);
        }
        return path;
    }
}
