package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pfkey run} as a process of its own. */
final class RunTest {

    @TempDir private Path temporary;

    private List<String> run(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Djava.io.tmpdir=" + temporary,
                                "-Dpfkey.preload=/dev/null",
                                "-Dpfkey.seccomp=" + temporary.resolve("launcher"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Run.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Process start(String... arguments) throws IOException {
        return new ProcessBuilder(run(arguments)).start();
    }

    private static String line(Process process) throws IOException {
        String line = process.inputReader().readLine();
        return line == null ? "" : line;
    }

    private List<Path> leftovers() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("pfkey")).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1, false",
        "7, sh -c exit_7",
        "137, sh -c kill_-9_$$",
        "143, sh -c kill_$$",
        "127, /no/such/command",
        "126, /etc/passwd"
    })
    void statusIsTheCommands(int status, String command) throws Exception {
        String[] words = ("-- " + command).split(" ");
        words[words.length - 1] = words[words.length - 1].replace('_', ' ');

        assertEquals(status, start(words).waitFor());
        assertEquals(List.of(), leftovers());
    }

    @Test
    void commandFindsAPrivateKernel() throws Exception {
        Process process =
                start(
                        "--dialect",
                        "solaris",
                        "--clock=virtual:86400",
                        "--",
                        "sh",
                        "-c",
                        "echo $PFKEY_DIR; echo $PFKEY_SOCKET; test -S $PFKEY_SOCKET && cat"
                                + " $PFKEY_DIR/clock; stat -c %a $PFKEY_DIR");
        BufferedReader out = process.inputReader();

        Path folder = Path.of(String.valueOf(out.readLine()));
        assertEquals(temporary, folder.getParent());
        assertEquals(folder.resolve("solaris.sock").toString(), out.readLine());
        assertEquals("virtual 86400", out.readLine());
        assertEquals("700", out.readLine());
        assertEquals(0, process.waitFor());
        assertFalse(Files.exists(folder));
    }

    @Test
    void launcherOfStaticProgramsIsPutInFrontOfTheCommand() throws Exception {
        Path launcher = temporary.resolve("launcher");
        Files.writeString(launcher, "#!/bin/sh\necho $LD_PRELOAD \"$#\" \"$@\"; exit 3\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        Process process = start("--seccomp", "--", "program", "a b");

        assertEquals("2 program a b", line(process));
        assertEquals(3, process.waitFor());
    }

    @Test
    void launcherThatIsNotBuiltIsToldInOneLine() throws Exception {
        Process process = start("--seccomp", "--", "true");

        assertEquals(
                List.of(
                        "pfkey run: --seccomp: tools/shim/pfkey-seccomp is not built (it needs a C"
                                + " compiler)"),
                process.errorReader().lines().toList());
        assertEquals(126, process.waitFor());
        assertEquals(List.of(), leftovers());
    }

    @Test
    void dialectWithoutAKernelIsRefused() throws Exception {
        Process process = start("--dialect", "bsd", "--", "true");

        assertEquals(
                List.of("pfkey run: there is no kernel of dialect bsd", "Try 'pfkey run --help'."),
                process.errorReader().lines().toList());
        assertEquals(2, process.waitFor());
    }

    @Test
    void klipsHasAKernel() throws Exception {
        Process process =
                start("--dialect", "klips", "--", "sh", "-c", "test -S \"$PFKEY_SOCKET\"; echo $?");

        assertEquals("0", line(process));
        assertEquals(0, process.waitFor());
    }

    @Test
    void standardInputIsTheCommands() throws Exception {
        Process process = start("--", "cat");
        process.outputWriter().append("to the command\n").close();

        assertEquals("to the command", line(process));
        assertEquals(0, process.waitFor());
    }

    @Test
    void kernelsMayBeNested() throws Exception {
        List<String> inner = run("--", "sh", "-c", "echo $PFKEY_DIR");
        List<String> arguments = new ArrayList<>(List.of("--"));
        arguments.addAll(List.of("sh", "-c", "echo $PFKEY_DIR; \"$@\"", "sh"));
        arguments.addAll(inner);
        Process process = start(arguments.toArray(new String[0]));

        String outer = line(process);
        String nested = line(process);
        assertEquals(0, process.waitFor());
        assertTrue(nested.startsWith(temporary.toString()), nested);
        assertFalse(nested.equals(outer));
        assertEquals(List.of(), leftovers());
    }

    @ParameterizedTest
    @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
    void signalsArePassedOn(String signal, int status) throws Exception {
        Process process = start("--", "sh", "-c", "echo ready; exec sleep 600");

        assertEquals("ready", line(process));
        send(signal, process);
        assertEquals(status, process.waitFor());
        assertEquals(List.of(), leftovers());
    }

    @Test
    void commandMayOutliveASignal() throws Exception {
        Process process =
                start(
                        "--",
                        "sh",
                        "-c",
                        "trap 'echo caught; kill $!; exit 5' TERM; sleep 600 & echo ready; wait");

        assertEquals("ready", line(process));
        send("TERM", process);
        assertEquals("caught", line(process));
        assertEquals(5, process.waitFor());
        assertEquals(List.of(), leftovers());
    }

    @ParameterizedTest
    @CsvSource({
        "--dialect=etruscan -- true",
        "--clock=sundial -- true",
        "--set=solaris.no-such=1 -- true",
        "--log=shout -- true",
        "--no-such-option -- true",
        "''"
    })
    void wrongUsageIsTold(String arguments) throws Exception {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        Process process = start(words);

        assertFalse(process.errorReader().lines().toList().isEmpty());
        assertEquals(2, process.waitFor());
        assertEquals(List.of(), leftovers());
    }

    private static void send(String signal, Process process) throws Exception {
        new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid()).start().waitFor();
    }
}
