package org.keysock.tools.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/** The seccomp launcher, with programs that the preload library does not reach. */
final class SeccompTest {

    private static final int NOT_STARTED = 126;
    private static final List<String> STATIC = List.of("-std=gnu11", "-O2", "-static");

    /** It passes bad pointers on purpose. */
    private static final String NULL_POINTERS = "-Wno-nonnull";

    private static final String ADDED =
            """
            registered: 10 ciphers
            added
            esp 0x00001000 10.0.0.1 10.0.0.2 auth 3 encrypt 12
            """;

    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Path launcher;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        NativeProgram.need(
                NativeProgram.compilerExists(),
                "no C compiler: the seccomp launcher is neither built nor tested");
        launcher = NativeProgram.preloadLibrary().resolveSibling("pfkey-seccomp");
        NativeProgram.Ended tried = launched("/nowhere", "true");
        NativeProgram.need(tried.status() != NOT_STARTED, tried.output());
    }

    private static NativeProgram.Ended launched(String socket, String... command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(command));
        return NativeProgram.run(Map.of("PFKEY_SOCKET", socket), words);
    }

    private static PfKeyServer server(String name) throws IOException {
        return PfKeyServer.start(ServerOptions.in(folder.resolve(name)).withSeed(1));
    }

    private static String socket(PfKeyServer server) {
        return server.folder().resolve("linux.sock").toString();
    }

    private static String demo() throws IOException, InterruptedException {
        Path source = NativeProgram.shim().resolveSibling("demo").resolve("keys.c");
        return NativeProgram.compile(source, folder, STATIC).toString();
    }

    @Test
    void aStaticProgramRegistersAddsAndDumps() throws Exception {
        try (PfKeyServer server = server("static")) {
            NativeProgram.Ended ended = launched(socket(server), demo());

            assertEquals(ADDED, ended.output());
            assertEquals(0, ended.status());
        }
    }

    @Test
    void systemCallsOfItsOwnFindAKeySocket() throws Exception {
        List<String> options = new ArrayList<>(STATIC);
        options.add(NULL_POINTERS);
        Path source = NativeProgram.shim().resolve("test").resolve("seccomp").resolve("raw_keys.c");
        Path program = NativeProgram.compile(source, folder, options);
        try (PfKeyServer server = server("raw")) {
            NativeProgram.Ended ended = launched(socket(server), program.toString());

            assertEquals("", ended.output());
            assertEquals(0, ended.status());
        }
    }

    @Test
    void anEmulatorInsideAnotherIsTheOneThatIsMeant() throws Exception {
        try (PfKeyServer outer = server("outer");
                PfKeyServer inner = server("inner")) {
            String set = "PFKEY_SOCKET=" + socket(inner);
            String nested = "'" + launcher + "' '" + demo() + "'";
            NativeProgram.Ended ended =
                    launched(socket(outer), "sh", "-c", nested + "; " + set + " " + nested);

            assertEquals(ADDED + ADDED, ended.output());
            assertEquals(0, ended.status());
        }
    }

    @Test
    void anEmulatorThatIsNotThereIsAKernelWithoutKeySockets() throws Exception {
        NativeProgram.Ended ended = launched(folder.resolve("none").toString(), demo());

        assertEquals(
                "keys: socket(PF_KEY): Address family not supported by protocol\n", ended.output());
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, ''",
        "7, exit 7, ''",
        "137, kill -9 $$, ''",
        "143, kill $$, ''",
        "127, exec /no/such/program, 'sh: 1: exec: /no/such/program: not found'"
    })
    void statusIsTheProgramsAsOfAShell(int status, String script, String output) throws Exception {
        NativeProgram.Ended ended = launched("/nowhere", "sh", "-c", script);

        assertEquals(output, ended.output().strip());
        assertEquals(status, ended.status());
    }

    @ParameterizedTest
    @CsvSource({"127, /no/such/program, not found", "126, /etc/passwd, cannot be started"})
    void aProgramThatCannotBeStartedIsToldInOneLine(int status, String program, String why)
            throws Exception {
        NativeProgram.Ended ended = launched("/nowhere", program);

        assertEquals("pfkey run: " + program + ": " + why + "\n", ended.output());
        assertEquals(status, ended.status());
    }

    @ParameterizedTest
    @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
    void signalsArePassedOn(String signal, int status) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(launcher.toString(), "sh", "-c", "echo ready; exec sleep 600");
        builder.environment().put("PFKEY_SOCKET", "/nowhere");
        Process process = builder.start();

        assertEquals("ready", process.inputReader().readLine());
        NativeProgram.run(Map.of(), List.of("sh", "-c", "kill -s " + signal + " " + process.pid()));
        assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(status, process.exitValue());
    }
}
