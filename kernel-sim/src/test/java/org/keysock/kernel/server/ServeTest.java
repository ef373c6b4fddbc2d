package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.pfkey.socket.ServerClock;

/** {@code pfkey serve} as a process. */
@Timeout(60)
final class ServeTest {

    private final Path temporary;

    ServeTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    private Process serve(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Serve.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(temporary.resolve("log").toFile()).start();
    }

    @Test
    void saysReadyServesAndStopsCleanly() throws Exception {
        Path folder = temporary.resolve("f");
        Process process =
                serve("--dir", folder.toString(), "--clock", "virtual:1000", "--seed", "7");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("pfkey: ready " + folder, out.readLine());
            assertEquals(1000, ServerClock.now(folder));
            try (TestKernel.Control control = new TestKernel.Control(folder)) {
                assertEquals(
                        process.pid(), control.ask("{\"verb\":\"status\"}").get("pid").getAsLong());
            }
            // not by the process, which would close the stream that is read below
            process.toHandle().destroy();
            assertEquals(0, process.waitFor());
            assertEquals(null, out.readLine());
            assertFalse(Files.exists(folder.resolve("solaris.sock")));
        } finally {
            process.destroyForcibly();
        }
        assertTrue(Files.readString(temporary.resolve("log")).contains("seed 7"));
    }

    @ParameterizedTest
    @CsvSource({
        "--clock, sundial, 2",
        "--local, nowhere, 2",
        "--set, solaris.nothing=1, 2",
        "--log, loud, 2",
        "--wire, udp:nowhere:4500, 2",
        "--wire, udp:10.0.0.1:0, 2",
        "--dir, /proc/nowhere, 1"
    })
    void refusesWhatMakesNoSense(String option, String value, int status) throws Exception {
        Process process =
                option.equals("--dir")
                        ? serve(option, value)
                        : serve("--dir", temporary.resolve("f").toString(), option, value);
        try {
            assertEquals(status, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
        String log = Files.readString(temporary.resolve("log"));
        assertTrue(log.contains(value) || log.contains("nowhere"), log);
    }
}
