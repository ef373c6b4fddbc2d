package org.keysock.tools.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.socket.EmulatorFolder;
import picocli.CommandLine.Option;

/** The option {@code --dir} of every command that speaks with an emulator. */
final class FolderOption {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The emulator's folder (default: $$PFKEY_DIR, or where serve puts it).")
    private @Nullable Path dir;

    Path folder(Surroundings around) {
        return dir == null ? EmulatorFolder.of(around.env()) : around.directory().resolve(dir);
    }
}
