package org.keysock.kernel.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an lstat(2) tells of a file: whose it is, what it is, and whether it is still the same. */
record FileIdentity(int mode, int uid, long inode, long device) {

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int DIRECTORY = 0040000;
    private static final int PERMISSIONS = 0777;

    /** The file at a path, which is not followed if it is a link; null when there is none. */
    static @Nullable FileIdentity of(Path path) throws IOException {
        try {
            Map<String, Object> found =
                    Files.readAttributes(path, "unix:mode,uid,ino,dev", LinkOption.NOFOLLOW_LINKS);
            return new FileIdentity(
                    (int) number(found, "mode"),
                    (int) number(found, "uid"),
                    number(found, "ino"),
                    number(found, "dev"));
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private static long number(Map<String, Object> found, String name) {
        return ((Number) Objects.requireNonNull(found.get(name))).longValue();
    }

    boolean isSocket() {
        return (mode & TYPE) == SOCKET;
    }

    boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    int permissions() {
        return mode & PERMISSIONS;
    }

    /** Whether it is the same file, whatever became of its mode. */
    boolean sameFile(FileIdentity other) {
        return inode == other.inode && device == other.device;
    }
}
