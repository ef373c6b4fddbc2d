package org.keysock.pfkey.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where an emulator's sockets are unless somebody says otherwise: for both ends (interfaces.md).
 */
public final class EmulatorFolder {

    private static final int ROOT = 0;

    private EmulatorFolder() {}

    /**
     * {@code $PFKEY_DIR}, else {@code $XDG_RUNTIME_DIR/pfkey}, else {@code /run/pfkey} for root,
     * else {@code pfkey-UID} in the system's temporary folder.
     */
    public static Path of(Map<String, String> environment) {
        String named = environment.getOrDefault("PFKEY_DIR", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty()) {
            return Path.of(runtime, "pfkey");
        }
        int user = user();
        return user == ROOT
                ? Path.of("/run/pfkey")
                : Path.of(System.getProperty("java.io.tmpdir"), "pfkey-" + user);
    }

    /** Our user id: /proc/self is owned by us. */
    private static int user() {
        try {
            Object uid =
                    Files.getAttribute(
                            Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return (Integer) uid;
        } catch (IOException noProc) {
            throw new UncheckedIOException("no /proc to tell the user id", noProc);
        }
    }
}
