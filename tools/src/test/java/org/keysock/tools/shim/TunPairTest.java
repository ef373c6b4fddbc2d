package org.keysock.tools.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two emulators with TUN devices on two hosts carry echoes and a TCP transfer in an ESP tunnel
 * ({@code tools/demo/tun-pair.sh}), in UDP and as they are.
 */
@Timeout(900)
final class TunPairTest {

    private static final List<String> NEEDED = List.of("ip", "unshare", "nsenter", "java");

    @TempDir private Path folder;

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static void assumeThatItCanRun() throws Exception {
        NativeProgram.need(
                "root".equals(System.getProperty("user.name")),
                "TUN devices are not tested: they need root");
        List<String> missing = NEEDED.stream().filter(each -> !isInstalled(each)).toList();
        NativeProgram.need(
                missing.isEmpty(), "TUN devices are not tested: not installed are " + missing);
        NativeProgram.Ended made =
                NativeProgram.run(
                        Map.of(),
                        List.of(
                                "unshare", "--mount", "--net", "--pid", "--fork", "ip", "tuntap",
                                "add", "mode", "tun", "name", "plain"));
        NativeProgram.need(
                made.status() == 0,
                "TUN devices are not tested: no network namespace or no /dev/net/tun here: "
                        + made.output());
    }

    /** The launchers, with the classes under test. */
    private void launcher(String name, String... cases) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        NativeProgram.script(
                folder.resolve(name),
                "case $1 in",
                String.join("\n", cases),
                "esac",
                String.join(
                        " ",
                        "exec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto",
                        "-cp '" + System.getProperty("java.class.path") + "'",
                        "org.keysock.$main \"$@\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tun"})
    void echoesAndATransferGoThroughATunnel(String wire) throws Exception {
        assumeThatItCanRun();
        launcher(
                "pfkey", "serve) shift; main=kernel.server.Serve ;;", "*) main=tools.cli.Pfkey ;;");
        launcher("ipseckey", "*) main=tools.ipseckey.Ipseckey ;;");
        launcher("setkey", "*) main=tools.setkey.Setkey ;;");
        Path demo = NativeProgram.shim().resolveSibling("demo").resolve("tun-pair.sh");
        Path work = folder.resolve("pair");
        ProcessBuilder builder =
                new ProcessBuilder("sh", demo.toString(), wire, "1", work.toString());
        builder.environment().put("PFKEY_BIN", folder.toString());
        builder.redirectErrorStream(true);
        Process pair = builder.start();
        pair.getOutputStream().close();
        String said = new String(pair.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, pair.waitFor(), said);
        assertTrue(said.contains("10.2.0.1 answers\nfd02::1 answers\n"), said);
        assertTrue(said.contains("tun-pair: 1 MB, checksum equal: "), said);
        for (String program : List.of("tcpdump", "tshark")) {
            if (!isInstalled(program)) {
                System.err.println(program + " is not installed: the wire is not looked at");
                return;
            }
        }
        assertTrue(said.contains("tun-pair: tshark reads "), said);
    }
}
