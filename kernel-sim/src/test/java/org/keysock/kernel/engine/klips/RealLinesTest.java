package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.kernel.engine.klips.TableSa.NOW;
import static org.keysock.kernel.engine.klips.TableSa.ah;
import static org.keysock.kernel.engine.klips.TableSa.comp;
import static org.keysock.kernel.engine.klips.TableSa.esp;
import static org.keysock.kernel.engine.klips.TableSa.tun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.EncryptionAlgorithm;

/**
 * Lines that real kernels printed, klips.md 6.4. Those who published them put other initialisation
 * vectors into most, and cut the age out; the first three are of a kernel that knew no NAT-T.
 */
final class RealLinesTest {

    private static final Path LINES =
            Path.of(System.getProperty("pfkey.testdata"), "cli", "klips", "tables", "real-lines");

    private static final String EAST = "192.1.2.23";
    private static final String WEST = "192.1.2.45";
    private static final String HIDDEN = "deadf00ddeadf00d";

    /**
     * An SA that was shown.
     *
     * @param reference its number
     * @param neighbours how many it has in its group
     */
    private record Shown(TableSa sa, int reference, int neighbours) {}

    private static final List<Shown> SHOWN =
            List.of(
                    new Shown(
                            esp(0x515a1ad5, EAST, WEST)
                                    .tripleDes()
                                    .vector("64c818022e5c1fa9")
                                    .md5()
                                    .window(64)
                                    .added(26)
                                    .used(1088, 8, 26, 13)
                                    .with(use -> use.sequence(8)),
                            15,
                            1),
                    new Shown(tun(0x1002, EAST, WEST).added(26).used(832, 8, 26, 13), 16, 1),
                    new Shown(
                            tun(0x1001, WEST, EAST)
                                    .inbound()
                                    .policy("192.0.1.0", 24, "192.0.2.0", 24)
                                    .added(6),
                            9,
                            1),
                    new Shown(tun(0x91234567, EAST, WEST).added(1), 3, 0),
                    new Shown(
                            esp(0x12345678, EAST, WEST)
                                    .tripleDes()
                                    .vector(HIDDEN)
                                    .md5()
                                    .soft(0, 384, 0, 0, 0),
                            2,
                            1),
                    new Shown(
                            esp(0x1000583, EAST, WEST)
                                    .cipher(EncryptionAlgorithm.TRIPLE_DES_CBC, 192)
                                    .vector(HIDDEN)
                                    .used(992, 8, 1, 1)
                                    .with(use -> use.sequence(8)),
                            2,
                            1),
                    new Shown(comp(0x5678, EAST, WEST), 2, 2),
                    new Shown(ah(0x91234567, EAST, WEST).md5(), 2, 1),
                    new Shown(
                            esp(0x12345678, EAST, WEST)
                                    .inbound()
                                    .tripleDes()
                                    .vector(HIDDEN)
                                    .md5()
                                    .nat(2, 4500, 4500),
                            3,
                            1));

    @TestFactory
    Stream<DynamicTest> lines() throws IOException {
        List<String> lines = Files.readAllLines(LINES);
        assertEquals(SHOWN.size(), lines.size());
        List<DynamicTest> tests = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            Shown shown = SHOWN.get(index);
            tests.add(DynamicTest.dynamicTest(line, () -> compare(line, shown)));
        }
        return tests.stream();
    }

    private static void compare(String real, Shown shown) {
        Sadb sadb = new Sadb();
        for (int drawn = 0; drawn < shown.reference(); drawn++) {
            assertEquals(drawn, sadb.drawReference());
        }
        SecurityAssociation sa = shown.sa().in(sadb);
        if (shown.neighbours() > 0) {
            sadb.join(esp(0x777, EAST, WEST).in(sadb), sa);
        }
        if (shown.neighbours() > 1) {
            sadb.join(sa, ah(0x777, EAST, WEST).in(sadb));
        }
        String line = new SpiLine(TableForm.KERNEL, NOW, false).of(sa, shown.sa().goesIn());
        line = line.replace(HIDDEN, HIDDEN.toUpperCase(Locale.ROOT));
        if (!real.contains("addtime")) {
            line = line.replaceFirst("addtime\\([0-9,]*\\)", "");
        }
        if (!real.contains("natencap")) {
            line = line.replaceFirst(" natencap=none natsport=0 natdport=0", "");
        }
        assertEquals(real, line);
    }
}
