package org.keysock.tools.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.tools.shim.EmulatedHost.Flow;
import org.keysock.tools.shim.EmulatedHost.Tunnel;

/**
 * Two of Debian's {@code iked} as they are, each on a host of its own with an emulated kernel of
 * its own ({@code tools/demo/iked-pair.sh}): they negotiate a tunnel, replace its SAs when one is
 * nearly used up, and take all of it down.
 */
@Timeout(300)
final class IkedPairTest {

    private static final List<String> NEEDED =
            List.of("iked", "ikectl", "ip", "unshare", "nsenter");

    private static final int IN = 1;
    private static final int OUT = 2;
    private static final int FORWARD = 3;

    @TempDir private Path folder;

    private static boolean isInstalled(String program) {
        return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static void assumeThatItCanRun() throws Exception {
        NativeProgram.need(
                NativeProgram.compilerExists(),
                "no C compiler: iked is not tested, for there is no preload library");
        NativeProgram.need(
                "root".equals(System.getProperty("user.name")),
                "iked is not tested: it needs root");
        List<String> missing = NEEDED.stream().filter(each -> !isInstalled(each)).toList();
        NativeProgram.need(missing.isEmpty(), "iked is not tested: not installed are " + missing);
        NativeProgram.Ended namespace =
                NativeProgram.run(
                        Map.of(),
                        List.of(
                                "unshare", "--mount", "--net", "--pid", "--fork", "ip", "link",
                                "add", "cable", "type", "veth", "peer", "name", "other"));
        NativeProgram.need(
                namespace.status() == 0,
                "iked is not tested: no network namespaces here: " + namespace.output());
    }

    /** `pfkey run` with the classes under test. */
    private Path pfkey() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        return NativeProgram.script(
                folder.resolve("pfkey"),
                "shift",
                String.join(
                        " ",
                        "exec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        "-Dpfkey.preload='" + NativeProgram.preloadLibrary() + "'",
                        "-cp '" + System.getProperty("java.class.path") + "'",
                        "org.keysock.kernel.server.Run \"$@\""));
    }

    @Test
    void tunnelIsNegotiatedReplacedAndTakenDown() throws Exception {
        assumeThatItCanRun();
        Path demo = NativeProgram.shim().resolveSibling("demo").resolve("iked-pair.sh");
        ProcessBuilder builder = new ProcessBuilder("sh", demo.toString(), folder.toString());
        builder.environment().put("PFKEY", pfkey().toString());
        builder.environment().put("PFKEY_CLOCK", "virtual");
        builder.redirectErrorStream(true);
        Process pair = builder.start();
        try (EmulatedHost a = EmulatedHost.await(folder.resolve("a"), pair);
                EmulatedHost b = EmulatedHost.await(folder.resolve("b"), pair)) {
            negotiated(a, b);
            replaced(a, b);
            takenDown(a, b);
        } finally {
            pair.getOutputStream().close();
            assertEquals(0, pair.waitFor());
        }
    }

    /** Both know the same two SAs, key for key, and the same flow, seen from its two ends. */
    private static void negotiated(EmulatedHost a, EmulatedHost b) throws Exception {
        Set<Tunnel> tunnels = a.awaitTunnels(found -> found.size() == 2);
        assertEquals(tunnels, b.awaitTunnels(tunnels::equals));
        assertEquals(
                Set.of("10.77.0.1 10.77.0.2", "10.77.0.2 10.77.0.1"),
                tunnels.stream().map(Tunnel::ends).collect(Collectors.toSet()));

        Flow there = new Flow(OUT, "10.1.0.0/24 10.2.0.0/24");
        Flow back = new Flow(OUT, "10.2.0.0/24 10.1.0.0/24");
        assertEquals(
                Set.of(there, back.as(IN), back.as(FORWARD)),
                a.awaitFlows(found -> found.size() == 3));
        assertEquals(
                Set.of(back, there.as(IN), there.as(FORWARD)),
                b.awaitFlows(found -> found.size() == 3));
    }

    /** An SA near its end makes the daemon negotiate another pair and delete the old one. */
    private static void replaced(EmulatedHost a, EmulatedHost b) throws Exception {
        Set<Tunnel> before = a.tunnels();
        a.useUp(before.iterator().next());
        Set<Tunnel> after =
                a.awaitTunnels(
                        found -> found.size() == 2 && before.stream().noneMatch(found::contains));
        assertEquals(after, b.awaitTunnels(after::equals));
        assertEquals(3, a.flows().size());
        assertEquals(3, b.flows().size());
    }

    private static void takenDown(EmulatedHost a, EmulatedHost b) throws Exception {
        NativeProgram.Ended reset =
                NativeProgram.run(
                        Map.of(),
                        List.of(
                                "ikectl",
                                "-s",
                                a.folder().resolve("iked.sock").toString(),
                                "reset",
                                "sa"));
        assertEquals(0, reset.status(), reset::output);
        for (EmulatedHost host : List.of(a, b)) {
            assertTrue(host.awaitTunnels(Set::isEmpty).isEmpty());
            assertTrue(host.awaitFlows(Set::isEmpty).isEmpty());
        }
    }
}
