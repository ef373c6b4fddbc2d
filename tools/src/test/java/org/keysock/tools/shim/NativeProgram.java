package org.keysock.tools.shim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Builds and runs programs in C. */
final class NativeProgram {

    private static final Path SHIM = Path.of(System.getProperty("pfkey.root"), "tools", "shim");
    private static final long LIMIT_SECONDS = 120;

    /**
     * What a process left behind.
     *
     * @param status its exit status
     * @param output both its streams
     */
    record Ended(int status, String output) {}

    private NativeProgram() {}

    /** The folder of the native code. */
    static Path shim() {
        return SHIM;
    }

    /** The preload library, built where its sources are newer; must be there. */
    static Path preloadLibrary() throws IOException, InterruptedException {
        Ended built = run(Map.of(), List.of("sh", SHIM.resolve("build.sh").toString()));
        Path library = SHIM.resolve("libpfkey_preload.so");
        if (built.status() != 0 || !Files.exists(library)) {
            throw new IOException("no preload library: " + built.output());
        }
        return library;
    }

    static boolean compilerExists() throws InterruptedException {
        try {
            return run(Map.of(), List.of("cc", "--version")).status() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    /** Compiles a program into a folder. */
    static Path compile(Path source, Path folder, List<String> options)
            throws IOException, InterruptedException {
        String name = source.getFileName() + String.join("", options);
        Path program = folder.resolve(name.replaceAll("[^A-Za-z0-9]", "_"));
        List<String> command = new ArrayList<>(List.of("cc", "-Wall", "-Wextra", "-Werror"));
        command.addAll(options);
        command.addAll(List.of("-pthread", "-o", program.toString(), source.toString()));
        Ended compiled = run(Map.of(), command);
        if (compiled.status() != 0) {
            throw new IOException(compiled.output());
        }
        return program;
    }

    /** Leaves a test out, and says why in one line, unless it can run. */
    static void need(boolean there, String otherwise) {
        if (!there) {
            System.err.println(otherwise.strip());
        }
        assumeTrue(there, otherwise);
    }

    /** Writes a script of the shell. */
    static Path script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    /** Runs a command to its end with some variables set besides ours. */
    static Ended run(Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("native", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(variables);
            Process process = builder.redirectOutput(output.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " goes on and on: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
