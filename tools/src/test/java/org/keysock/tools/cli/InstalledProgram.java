package org.keysock.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of the system that a test needs. */
final class InstalledProgram {

    private final Path program;

    private InstalledProgram(Path program) {
        this.program = program;
    }

    /** The program; without it the test is left out and says so in a line. */
    static InstalledProgram need(String name, String otherwise) {
        Optional<Path> found =
                Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin")
                        .map(place -> Path.of(place, name))
                        .filter(Files::isExecutable)
                        .findFirst();
        String line = name + " is not installed: " + otherwise;
        if (found.isEmpty()) {
            System.err.println(line);
        }
        assumeTrue(found.isPresent(), line);
        return new InstalledProgram(found.orElseThrow());
    }

    /** Runs it to its end, which must be good; its standard output. */
    String output(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        Path errors = Files.createTempFile("err", "");
        try {
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), Files.readString(errors));
            return output;
        } finally {
            Files.delete(errors);
        }
    }
}
