package org.keysock.tools.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it: its streams, environment and folder, so that a test can be
 * another process.
 *
 * @param env environment variables
 * @param directory what relative file names are relative to
 * @param terminal whether a person reads the output and types the input
 */
public record Surroundings(
        InputStream in,
        Output out,
        Output err,
        Map<String, String> env,
        Path directory,
        boolean terminal) {

    /** Those of this process. */
    public static Surroundings ofProcess(boolean terminal) {
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new Output(new FileOutputStream(FileDescriptor.out)),
                new Output(new FileOutputStream(FileDescriptor.err)),
                System.getenv(),
                Path.of(""),
                terminal);
    }

    /** The file of that name, as the command's user means it. */
    public Path file(String name) {
        return directory.resolve(name);
    }
}
