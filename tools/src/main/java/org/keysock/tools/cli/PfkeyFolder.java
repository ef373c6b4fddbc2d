package org.keysock.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the emulator's sockets are: the rule of {@code --dir} and {@code PFKEY_DIR}. */
public final class PfkeyFolder {

    private PfkeyFolder() {}

    /**
     * {@code $PFKEY_DIR}, else {@code $XDG_RUNTIME_DIR/pfkey}, else {@code /run/pfkey} for root,
     * else {@code pfkey-UID} in the system's temporary folder.
     */
    public static Path of(Map<String, String> env) {
        String named = env.get("PFKEY_DIR");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        String runtime = env.get("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isEmpty()) {
            return Path.of(runtime, "pfkey");
        }
        int user = user();
        return user == 0
                ? Path.of("/run/pfkey")
                : Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "pfkey-" + user);
    }

    /** The user id of this process: the owner of its entry in /proc. */
    private static int user() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name")) ? 0 : 65534;
        }
    }
}
