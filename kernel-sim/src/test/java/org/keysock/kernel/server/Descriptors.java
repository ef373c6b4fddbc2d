package org.keysock.kernel.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The open file descriptors of this process, which is client and server of these tests. */
final class Descriptors {

    private Descriptors() {}

    /**
     * Waits until there are no more than that, which a leak would make for ever: the server may
     * still be closing what a client has left. Fewer are well: garbage of other tests goes too.
     */
    static void awaitAtMost(int count) throws IOException {
        while (open() > count) {
            if (Thread.interrupted()) {
                throw new IOException(open() + " descriptors are open, not " + count);
            }
        }
    }

    /** How many there are, the one that counts included. */
    static int open() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return (int) descriptors.count();
        }
    }
}
