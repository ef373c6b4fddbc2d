package org.keysock.kernel.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The open file descriptors of this process, which is client and server of these tests. */
final class Descriptors {

    private Descriptors() {}

    /** How many there are, the one that counts included. */
    static int open() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return (int) descriptors.count();
        }
    }
}
