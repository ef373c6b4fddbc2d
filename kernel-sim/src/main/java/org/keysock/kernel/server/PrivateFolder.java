package org.keysock.kernel.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A new folder that nobody else may look into, removed with all it holds when it is closed. */
final class PrivateFolder implements Closeable {

    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    /** Creates one whose name is short, for socket paths are, in the system's temporary folder. */
    static PrivateFolder create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        String name = "pfkey-run-" + ProcessHandle.current().pid();
        for (int attempt = 0; ; attempt++) {
            Path path = parent.resolve(attempt == 0 ? name : name + "-" + attempt);
            try {
                return new PrivateFolder(Files.createDirectory(path, MODE));
            } catch (FileAlreadyExistsException taken) {
                // somebody's leftovers, perhaps put there for us to trip over: not ours to touch
            }
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(path, new Remover());
    }

    /** Removes; what vanishes meanwhile is as good as removed. */
    private static final class Remover extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
