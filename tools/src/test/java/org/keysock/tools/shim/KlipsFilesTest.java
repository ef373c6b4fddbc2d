package org.keysock.tools.shim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KLIPS' tables in /proc/net, as programs see them that {@code pfkey run} has started. */
final class KlipsFilesTest {

    private static final Path CASES =
            Path.of(System.getProperty("pfkey.testdata"), "cli", "klips", "tables");

    @TempDir private Path folder;

    @BeforeAll
    static void need() throws InterruptedException {
        NativeProgram.need(
                NativeProgram.compilerExists(),
                "no C compiler: KLIPS' tables in /proc/net are not tested");
    }

    private static List<String> java(List<String> properties, String main, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(properties);
        command.add(main);
        command.addAll(words);
        return command;
    }

    /** The {@code ipsec} of this build, found by its name. */
    private Path tools() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        String java =
                String.join("' '", java(List.of(), "org.keysock.tools.klips.Ipsec", List.of()));
        NativeProgram.script(bin.resolve("ipsec"), "exec '" + java + "' \"$@\"");
        return bin;
    }

    private NativeProgram.Ended run(String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("--dialect", "klips", "--clock", "virtual", "--log", "error"));
        command.addAll(List.of(words));
        List<String> library = List.of("-Dpfkey.preload=" + NativeProgram.preloadLibrary());
        List<String> all = java(library, "org.keysock.kernel.server.Run", command);
        return NativeProgram.run(Map.of("PATH", tools() + ":" + System.getenv("PATH")), all);
    }

    @Test
    void theTableIsAFile() throws Exception {
        NativeProgram.Ended ended = run("--", "cat", "/proc/net/ipsec_spi");

        assertEquals(new NativeProgram.Ended(0, ""), ended);
    }

    /** What {@code cat} makes of an answer of the socket of tables, which then ends. */
    private NativeProgram.Ended shown(String answer) throws Exception {
        Path socket = folder.resolve("tables.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread answering =
                    new Thread(
                            () -> {
                                try (SocketChannel client = server.accept()) {
                                    client.read(ByteBuffer.allocate(64));
                                    client.write(ByteBuffer.wrap(answer.getBytes(US_ASCII)));
                                } catch (IOException gone) {
                                    throw new UncheckedIOException(gone);
                                }
                            });
            answering.start();
            NativeProgram.Ended ended =
                    NativeProgram.run(
                            Map.of(
                                    "LD_PRELOAD",
                                    NativeProgram.preloadLibrary().toString(),
                                    "PFKEY_SOCKET",
                                    folder.resolve("klips.sock").toString()),
                            List.of("cat", "/proc/net/ipsec_tncfg"));
            answering.join();
            return ended;
        } finally {
            Files.delete(socket);
        }
    }

    @Test
    void aTableThatBreaksOffIsNoTable() throws Exception {
        String complaint = "cat: /proc/net/ipsec_tncfg: ";

        assertEquals(new NativeProgram.Ended(0, "whole\n"), shown("whole\n"));
        assertEquals(new NativeProgram.Ended(0, ""), shown(""));
        assertEquals(complaint + "Input/output error\n", shown("whole\nha").output());
        assertEquals(complaint + "Input/output error\n", shown("whole\n?").output());
        assertEquals(complaint + "No such file or directory\n", shown("? none\n").output());
    }

    /** Done when 3 of issue 5. */
    @Test
    void aScriptSeesTheGroupThatItMade() throws Exception {
        String script = CASES.resolve("group.sh").toString();
        NativeProgram.Ended ended = run("--set", "klips.table=manual", "--", "sh", script);

        assertEquals(
                Files.readString(CASES.resolve("group.out")),
                ended.output().replace(script, "FILE"));
        assertEquals(0, ended.status());
    }
}
