package org.keysock.tools.ipseckey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.tools.ipseckey.Typist.SILENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keysock.kernel.server.PfKeyServer;
import org.keysock.kernel.server.ServerOptions;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.tools.ipseckey.Typist.Printed;

/** What {@code save} writes, {@code -f} reads back into an equal database: solaris.md 5.5. */
@Timeout(120)
final class SaveRestoreTest {

    private static final int SAS = 1000;
    private static final Pattern BLOCKS = Pattern.compile("\n\n");
    private static final Pattern PLACES = Pattern.compile("Config file entry near ");

    /**
     * What section 5.5 excludes. Encoded names (DN, GN) are an exception too, which a dump does not
     * show: the plain form has the original's placeholder for them.
     */
    private enum Excluded {
        /** Shorter by what else is excluded. */
        LENGTH("Message length .*", "", true),
        /** What the SA has done, and since when. */
        CURRENT("CLT: .*", "", true),
        /** The key manager's cookie, which no command gives. */
        COOKIE("KMC: .*", "", true),
        /** The partner. */
        PAIR("OTH: Paired with .*", "", false),
        PAIRED("X_PAIRED ", "", false),
        /** The direction, where it does not follow from the addresses. */
        DIRECTION("X_(IN|OUT)BOUND ", "", false),
        /** The number of the same flags, which the names repeat. */
        FLAGS("flags=0x[0-9a-f]+", "flags", false);

        private final Pattern expression;
        private final String instead;
        private final boolean always;

        /**
         * An exception.
         *
         * @param always whether the whole form has it too
         */
        Excluded(String expression, String instead, boolean always) {
            this.expression = Pattern.compile(expression);
            this.instead = instead;
            this.always = always;
        }

        String hide(String line, boolean whole) {
            return always || !whole ? expression.matcher(line).replaceAll(instead) : line;
        }
    }

    enum Form {
        PLAIN,
        WHOLE
    }

    @TempDir private Path home;

    @BeforeEach
    void withoutNames() throws IOException {
        Files.createFile(home.resolve("hosts"));
        System.setProperty("pfkey.hosts", home.resolve("hosts").toString());
        System.setProperty("pfkey.ipseckey.patience", "10000");
    }

    private PfKeyServer start(String folder) throws IOException {
        return PfKeyServer.start(
                ServerOptions.in(home.resolve(folder))
                        .withVirtualClock(1230000000)
                        .withLocal(
                                List.of(
                                        Ipv4Address.of(192, 0, 2, 1),
                                        new Ipv6Address(0x20010db800000000L, 1))));
    }

    @ParameterizedTest
    @EnumSource
    void aThousandSasComeBack(Form form) throws IOException {
        long seed = Long.getLong("pfkey.seed", 20081223);
        System.out.println("seed " + seed);
        RandomSas random = new RandomSas(new SplittableRandom(seed));
        StringBuilder file = new StringBuilder();
        for (int spi = 256; spi < 256 + SAS; spi += 2) {
            boolean pair = spi % 10 == 0;
            file.append(random.commands(spi, pair));
            file.append(pair ? "" : random.commands(spi + 1, false));
        }
        boolean whole = form == Form.WHOLE;
        Map<String, String> env = whole ? Map.of("IPSECKEY_SAVE", "whole") : Map.of();
        try (PfKeyServer first = start("first");
                PfKeyServer second = start("second")) {
            Typist one = new Typist(first.folder(), home, env);
            Typist two = new Typist(second.folder(), home, env);
            Printed loaded = one.file(file.toString());
            assertEquals("", withoutWarnings(loaded.out()));
            assertEquals(0, loaded.exit());
            assertEquals(SILENT, one.command("save all saved"));
            Printed read = two.command("-f saved");
            assertEquals("", withoutWarnings(read.out()));
            assertEquals(0, read.exit());
            Map<String, List<String>> before = sas(one.command("-n dump").out(), whole);
            Map<String, List<String>> after = sas(two.command("-n dump").out(), whole);
            assertEquals(SAS, before.size());
            assertEquals(before.keySet(), after.keySet());
            before.forEach((name, lines) -> assertEquals(lines, after.get(name), name));
            assertEquals(SILENT, two.command("save all again"));
            if (whole) {
                // and in the order of the first: direction by direction
                assertEquals(contents("saved"), contents("again"));
            }
        }
    }

    private String contents(String file) throws IOException {
        return Files.readString(home.resolve(file));
    }

    /** Output but the warnings that manual keys bring with them. */
    private static String withoutWarnings(String out) {
        StringBuilder rest = new StringBuilder();
        for (String block : PLACES.split(out, -1)) {
            if (!block.contains("Replay with manual keying")
                    && !block.contains("Counter mode algorithm")) {
                rest.append(block);
            }
        }
        return rest.toString();
    }

    /** The SAs of a dump by type, SPI and destination, what is excluded left out. */
    private static Map<String, List<String>> sas(String dump, boolean whole) {
        Map<String, List<String>> sas = new TreeMap<>();
        for (String block : BLOCKS.split(dump, -1)) {
            if (block.isEmpty() || block.startsWith("Dump succeeded")) {
                continue;
            }
            StringBuilder name = new StringBuilder();
            List<String> lines = new ArrayList<>();
            for (String line : block.lines().toList()) {
                if (line.startsWith("Base message") || line.startsWith("DST: AF")) {
                    name.append(line);
                } else if (line.contains(" spi=") && !line.startsWith("OTH")) {
                    name.append(line, 0, line.indexOf(','));
                }
                String shown = line;
                for (Excluded excluded : Excluded.values()) {
                    shown = excluded.hide(shown, whole);
                }
                if (!shown.isEmpty()) {
                    lines.add(shown);
                }
            }
            assertFalse(sas.containsKey(name.toString()), "twice in the dump");
            sas.put(name.toString(), lines);
        }
        return sas;
    }

    @Test
    void thereAreTwoForms() throws IOException {
        try (PfKeyServer server = start("first")) {
            Typist typist = new Typist(server.folder(), home, Map.of("IPSECKEY_SAVE", "odd"));
            Printed refused = typist.command("save all -");
            assertTrue(refused.err().contains("IPSECKEY_SAVE"), refused.err());
            assertEquals(1, refused.exit());
        }
    }
}
