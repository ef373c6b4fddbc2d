package org.keysock.tools.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A run of a {@code pfkey} command inside the test. */
public final class PfkeyRun {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Surroundings around;

    /** Surroundings with that standard input, in that folder, which is also the emulator's. */
    public PfkeyRun(Path folder, String in) {
        around =
                new Surroundings(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new Output(out),
                        new Output(err),
                        Map.of("PFKEY_DIR", folder.toString()),
                        folder,
                        false);
    }

    /** Runs the command; its exit code. */
    public int run(String... args) {
        return Pfkey.run(around, args);
    }

    /** What it printed. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What it complained of. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
