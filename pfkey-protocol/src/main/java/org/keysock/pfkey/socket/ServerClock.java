package org.keysock.pfkey.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file {@code clock} in an emulator's folder: what time it is there (decisions.md 18). Its one
 * line is {@code system}, or {@code virtual SECONDS} with the seconds since 1970 at which virtual
 * time stands.
 */
public final class ServerClock {

    /** Name of the file. */
    public static final String FILE = "clock";

    private static final String SYSTEM = "system";
    private static final String VIRTUAL = "virtual ";

    private ServerClock() {}

    /** The line of a server in real time. */
    public static String system() {
        return SYSTEM + "\n";
    }

    /** The line of a server whose time stands at that second. */
    public static String virtual(long seconds) {
        return VIRTUAL + seconds + "\n";
    }

    /**
     * Seconds since 1970 as the server of that folder sees them; without a clock file, as we do.
     *
     * @throws IOException if the file is there and cannot be read or understood
     */
    public static long now(Path folder) throws IOException {
        String line;
        try {
            line = Files.readString(folder.resolve(FILE)).strip();
        } catch (NoSuchFileException none) {
            line = SYSTEM;
        }
        if (line.equals(SYSTEM)) {
            return System.currentTimeMillis() / 1000;
        }
        try {
            if (line.startsWith(VIRTUAL)) {
                return Long.parseLong(line.substring(VIRTUAL.length()));
            }
        } catch (NumberFormatException notSeconds) {
            // falls through to the complaint
        }
        throw new IOException("not a clock: " + folder.resolve(FILE));
    }
}
