package org.keysock.tools.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/**
 * The preload library under programs in C, one for each theme in {@code tools/shim/test}: built
 * plainly, and with the calls that check the size of buffers. Those in {@code test/klips} run on a
 * KLIPS kernel, the others on Linux.
 */
final class PreloadTest {

    private static final List<List<String>> MANNERS =
            List.of(List.of("-O0"), List.of("-O2", "-D_FORTIFY_SOURCE=2"));

    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Path library;

    @SuppressWarnings("NullAway.Init")
    private static PfKeyServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        NativeProgram.need(
                NativeProgram.compilerExists(),
                "no C compiler: the preload library is neither built nor tested");
        library = NativeProgram.preloadLibrary();
        server = PfKeyServer.start(ServerOptions.in(folder.resolve("kernel")).withSeed(1));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static Map<String, String> preloaded(String socket) {
        return Map.of("LD_PRELOAD", library.toString(), "PFKEY_SOCKET", socket);
    }

    private static Map<String, String> preloaded() {
        return on("linux");
    }

    private static Map<String, String> on(String dialect) {
        return preloaded(server.folder().resolve(dialect + ".sock").toString());
    }

    @TestFactory
    Stream<DynamicTest> themes() throws IOException {
        return themes("test", "linux");
    }

    @TestFactory
    Stream<DynamicTest> themesOfKlips() throws IOException {
        return themes("test/klips", "klips");
    }

    private static Stream<DynamicTest> themes(String sources, String dialect) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(NativeProgram.shim().resolve(sources))) {
            for (Path source : files.filter(file -> file.toString().endsWith(".c")).toList()) {
                for (List<String> options : MANNERS) {
                    tests.add(
                            DynamicTest.dynamicTest(
                                    source.getFileName() + " " + String.join(" ", options),
                                    () -> passes(source, dialect, options)));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests.stream();
    }

    private static void passes(Path source, String dialect, List<String> options) throws Exception {
        Path program = NativeProgram.compile(source, folder, options);
        NativeProgram.Ended ended = NativeProgram.run(on(dialect), List.of(program.toString()));
        assertEquals(0, ended.status(), ended::output);
    }

    private static Path demo() throws IOException, InterruptedException {
        Path source = NativeProgram.shim().resolveSibling("demo").resolve("keys.c");
        return NativeProgram.compile(source, folder, List.of("-O2"));
    }

    @Test
    void aProgramRegistersAddsAndDumps() throws Exception {
        NativeProgram.Ended ended = NativeProgram.run(preloaded(), List.of(demo().toString()));

        assertEquals(
                """
                registered: 10 ciphers
                added
                esp 0x00001000 10.0.0.1 10.0.0.2 auth 3 encrypt 12
                """,
                ended.output());
        assertEquals(0, ended.status());
    }

    @Test
    void withoutASocketToConnectToNothingIsDone() throws Exception {
        List<String> demo = List.of(demo().toString());

        assertEquals(NativeProgram.run(Map.of(), demo), NativeProgram.run(preloaded(""), demo));
    }

    @Test
    void aPathTooLongForASocketIsToldOf() throws Exception {
        NativeProgram.Ended ended =
                NativeProgram.run(preloaded("/" + "x".repeat(107)), List.of(demo().toString()));

        assertEquals(
                """
                pfkey: PFKEY_SOCKET: longer than the path of a socket may be (107 bytes)
                keys: socket(PF_KEY): Address family not supported by protocol
                """,
                ended.output());
    }

    @Test
    void nothingIsExportedButTheFunctionsReplaced() throws Exception {
        String exported =
                NativeProgram.run(
                                Map.of(),
                                List.of("nm", "-D", "-P", "--defined-only", library.toString()))
                        .output();
        Set<String> names =
                exported.lines()
                        .map(line -> line.replaceFirst("[@ ].*", ""))
                        .collect(Collectors.toCollection(TreeSet::new));

        String header = Files.readString(NativeProgram.shim().resolve("preload.h"));
        Set<String> replaced =
                Pattern.compile("FUNCTION\\([\\w *]+, (\\w+), ")
                        .matcher(header)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(replaced, names);
    }
}
