package org.keysock.tools.setkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/**
 * The samples of the sheet, which were copied from it and are never written anew: each of their
 * blocks is among ours but for dates, process ids, and numbers that the kernel deals out.
 */
@Timeout(60)
final class SheetSamplesTest {

    /** 02:37:49, which the sample of short lines shows. */
    private static final long START = 1229999869;

    private static final Pattern DATE =
            Pattern.compile("[A-Z][a-z]{2} [ 0-9][0-9] \\d\\d:\\d\\d:\\d\\d \\d{4}");
    private static final Pattern DEALT = Pattern.compile("\\b(sadb_seq|seq|pid|spid)=\\d+\\b");
    private static final Pattern POLICY_ID = Pattern.compile(" id=[0-9a-f]+ priority=");

    /** X_SPDADD of section 14.10 behind its base header. */
    private static final String POLICY =
            "080012000200020000000000000000803000320002030000070000000000000002000000c000020100000000"
                + "0000000002000000c00002020000000000000000"
                + "0300050006100000020000000a0100000000000000000000"
                + "0300060006100000020000500a0200000000000000000000";

    @TempDir private Path home;

    @BeforeEach
    void beQuick() {
        System.clearProperty("pfkey.hosts");
        System.setProperty("pfkey.setkey.patience", "20000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sas", "policies", "lines", "notation"})
    void isShown(String name) throws IOException {
        Path file = Transcript.FOLDER.resolve("sheet").resolve(name + ".txt");
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        String words = String.join("", lines(lines, "$ "));
        String commands = String.join("\n", lines(lines, "< "));
        List<String> shown;
        try (PfKeyServer server =
                PfKeyServer.start(
                        ServerOptions.in(home.resolve("emulator")).withVirtualClock(START))) {
            Shell shell = new Shell(server.folder(), home);
            boolean typed = words.endsWith("c");
            if (!typed) {
                assertEquals(new Shell.Printed("", "", 0), shell.run(commands, "-c"));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            shell.run(
                    typed ? commands : "",
                    WatchingTest.watched(out, new CountDownLatch(1), words.equals("-Dl") ? 1 : 0),
                    new ByteArrayOutputStream(),
                    words);
            shown = blocks(out.toString(StandardCharsets.ISO_8859_1).lines().toList());
        }
        List<String> wanted = blocks(lines(lines, ">"));
        assertFalse(wanted.isEmpty());
        for (String block : wanted) {
            assertTrue(
                    shown.stream().anyMatch(own -> fits(block, own)),
                    () -> block + "is not among\n" + String.join("", shown));
        }
    }

    /** What stands behind a sign and a blank. */
    private static List<String> lines(List<String> lines, String sign) {
        return lines.stream()
                .filter(line -> line.startsWith(sign))
                .map(line -> line.length() > 2 ? line.substring(2) : "")
                .toList();
    }

    /** Lines with those behind them that are indented. */
    private static List<String> blocks(List<String> lines) {
        List<String> blocks = new ArrayList<>();
        for (String line : lines) {
            boolean more = line.startsWith("\t") || line.startsWith(" ");
            String masked = DATE.matcher(line).replaceAll("DATE");
            masked = DEALT.matcher(masked).replaceAll("$1=N");
            masked = POLICY_ID.matcher(masked).replaceAll(" id=N priority=") + "\n";
            blocks.add(more ? blocks.remove(blocks.size() - 1) + masked : masked);
        }
        return blocks;
    }

    private static boolean fits(String sample, String own) {
        int cut = sample.indexOf("\t\u2026");
        return cut < 0 ? own.equals(sample) : own.startsWith(sample.substring(0, cut));
    }

    @Test
    void aPolicyIsSentAsTheSheetHasIt() throws Exception {
        RecordingKernel kernel = new RecordingKernel(home.resolve("linux.stream"), number -> 0);
        new Shell(home, home)
                .run(
                        "spdadd 10.1.0.0/16 10.2.0.0/16[80] tcp"
                                + " -P out ipsec esp/tunnel/192.0.2.1-192.0.2.2/unique:7;",
                        "-c");
        assertEquals(POLICY, kernel.heard().get(1).substring(32));
    }
}
