package org.keysock.tools.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;

/**
 * The scenario of KLIPS' own tests, klips.md 8, end to end on a fresh kernel: which SA references
 * it draws depends on every message.
 */
@Timeout(60)
final class SheetScenarioTest {

    private static final long START = 1_230_000_000;
    private static final String SA =
            " --af inet --edst 192.1.2.45 --spi 0x12345678 --src 192.1.2.23";
    private static final String FLOW =
            " --eraf inet --src 192.0.2.0/24 --dst 192.0.1.0/24 --said tun0x12345678@192.1.2.45";
    private static final String EROUTE =
            "0          192.0.2.0/24       -> 192.0.1.0/24       => tun0x12345678@192.1.2.45\n";

    @TempDir private Path home;

    private void done(KlipsShell shell, String line) {
        assertEquals(new KlipsShell.Printed("", "", 0, List.of()), said(shell, line), line);
    }

    private static KlipsShell.Printed said(KlipsShell shell, String line) {
        KlipsShell.Printed printed = shell.run(List.of(line.split(" ")));
        return new KlipsShell.Printed(printed.out(), printed.err(), printed.exit(), List.of());
    }

    @Test
    void aTunnelIsSetUpAndTakenDown() throws IOException {
        ServerOptions options =
                ServerOptions.in(home.resolve("emulator")).withVirtualClock(START).withSeed(1);
        try (PfKeyServer server = PfKeyServer.start(options)) {
            KlipsShell shell = new KlipsShell(server.folder(), home);
            done(shell, "spi --clear");
            done(shell, "eroute --clear");
            done(
                    shell,
                    "spi"
                            + SA
                            + " --proto esp --esp 3des-md5-96 --enckey"
                            + " 0x4043434545464649494a4a4c4c4f4f515152525454575758 --authkey"
                            + " 0x87658765876587658765876587658765");
            done(shell, "spi" + SA + " --proto tun --ip4 --dst 192.1.2.45");
            done(shell, "spigrp inet 192.1.2.45 0x12345678 tun inet 192.1.2.45 0x12345678 esp");
            done(shell, "eroute --add" + FLOW);
            assertEquals(
                    "tun0x12345678@192.1.2.45 esp0x12345678@192.1.2.45 \n",
                    said(shell, "spigrp").out());
            assertEquals(new KlipsShell.Printed(EROUTE, "", 1, List.of()), said(shell, "eroute"));
            String table = said(shell, "spi").out();
            assertTrue(row(table, "esp0x12345678@").endsWith(" ref=2"), table);
            assertTrue(row(table, "tun0x12345678@").endsWith(" ref=3"), table);
            // two numbers went to the group, one to the eroute
            done(shell, "spi --said tun.200@192.1.2.45 --src 192.1.2.23 --ip4");
            table = said(shell, "spi").out();
            assertTrue(row(table, "tun0x200@").endsWith(" ref=7"), table);
            // eroutes outlive their target
            done(shell, "spi --clear");
            assertEquals(EROUTE, said(shell, "eroute").out());
            done(shell, "eroute --clear");
            assertEquals("", said(shell, "eroute").out());
        }
    }

    private static String row(String table, String start) {
        return table.lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
    }
}
