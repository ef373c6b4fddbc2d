package org.keysock.tools.setkey;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/**
 * Runs {@code setkey} as a shell would, in a folder of its own and in UTC.
 *
 * @param emulator the folder of the kernel's sockets
 * @param home what file names are relative to
 */
record Shell(Path emulator, Path home) {

    /** What came of a command. */
    record Printed(String out, String err, int exit) {}

    Printed run(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = run(input, out, err, args);
        return new Printed(text(out), text(err), exit);
    }

    /** The same with streams that can be watched. */
    int run(String input, OutputStream out, OutputStream err, String... args) {
        return Setkey.run(
                args,
                new Surroundings(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)),
                        new Output(out),
                        new Output(err),
                        Map.of("PFKEY_DIR", emulator.toString(), "TZ", "UTC0"),
                        home,
                        false));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
