package org.keysock.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PfkeyTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "decode ", "monitor ", "ctl ", "ctl status ", "ctl clock "})
    void everyCommandKnowsHelpAndVersion(String command) {
        PfkeyRun help = new PfkeyRun(folder, "");
        PfkeyRun version = new PfkeyRun(folder, "");

        assertEquals(0, help.run((command + "--help").split(" ")));
        assertTrue(help.out().startsWith("Usage: pfkey " + command), help.out());
        assertEquals(0, version.run((command + "--version").split(" ")));
        assertTrue(version.out().startsWith("pfkey "), version.out());
    }

    @Test
    void commandIsNeeded() {
        PfkeyRun run = new PfkeyRun(folder, "");

        assertEquals(2, run.run());
        assertEquals("pfkey: a command is missing\nTry 'pfkey --help'.\n", run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitor", "ctl status", "ctl clock advance 1"})
    void emulatorThatIsNotThereMakesTheExitCode3(String command) {
        PfkeyRun run = new PfkeyRun(folder, "");

        assertEquals(3, run.run(command.split(" ")));
        assertTrue(run.err().startsWith("pfkey: no emulator answers at " + folder), run.err());
    }
}
