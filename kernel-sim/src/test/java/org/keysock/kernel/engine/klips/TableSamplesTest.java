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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.ScriptedRules;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.SaFlag;

/**
 * The samples of klips.md 6.5, 6.6 and 7.4 in both forms, {@code
 * testdata/cli/klips/tables/NAME.FORM}. With {@code -Dgolden.update=true} the files are written
 * anew; read the difference then.
 */
final class TableSamplesTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("pfkey.testdata"), "cli", "klips", "tables");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private static final String FIRST = "192.168.43.1";
    private static final String SECOND = "192.168.43.2";

    /** The states that the sheet describes, by the names it gives them. */
    private static final Map<String, Consumer<Sadb>> STATES = states();

    private static Map<String, Consumer<Sadb>> states() {
        Map<String, Consumer<Sadb>> states = new LinkedHashMap<>();
        states.put("s1", sadb -> numbered(2, sadb, limited().vector("1f2e3d4c5b6a7988")));
        states.put("s1-zero-vector", sadb -> numbered(2, sadb, limited()));
        states.put("s2", TableSamplesTest::received);
        states.put(
                "s3",
                sadb ->
                        tun(0x101, FIRST, SECOND)
                                .inbound()
                                .policy("192.0.1.0", 24, "192.0.2.0", 24)
                                .added(12)
                                .in(sadb));
        states.put(
                "s4",
                sadb ->
                        comp(0x3d0, "192.168.2.100", "192.168.2.110")
                                .added(600)
                                .used(51200, 50, 590, 1)
                                .with(use -> use.compressed(51200, 18944))
                                .in(sadb));
        states.put(
                "s5",
                sadb ->
                        esp(0x1a2b3c4d, "3049:1::1", "3049:1::2")
                                .tripleDes()
                                .sha1()
                                .added(60)
                                .used(136, 1, 7, 7)
                                .with(use -> use.sequence(1))
                                .in(sadb));
        states.put("s6", sadb -> esp(0x4a2b, FIRST, SECOND).inbound().added(3).in(sadb));
        states.put("s7", TableSamplesTest::translated);
        states.put(
                "s8",
                sadb ->
                        limited()
                                .added(2600)
                                .used(1000064, 7463, 2500, 0)
                                .with(use -> use.sequence(7463))
                                .in(sadb));
        states.put("s9", sadb -> {});
        states.put(
                "a6",
                sadb -> tun(0x12a, SECOND, FIRST).added(269).used(14073, 14, 149, 23).in(sadb));
        states.put(
                "a7",
                sadb ->
                        esp(0x9a35fc02, "3049:1::2", "3049:1::1")
                                .inbound()
                                .tripleDes()
                                .md5()
                                .window(32)
                                .added(4593)
                                .used(1222304, 7149, 3858, 23)
                                .with(use -> allReceived(use, 32, 7149))
                                .in(sadb));
        states.put("flags", sadb -> esp(0x200, FIRST, SECOND).flags(SaFlag.PFS).in(sadb));
        states.put("group", sadb -> group(sadb));
        states.put("group-over-hosts", TableSamplesTest::overHosts);
        states.put("group-undone", sadb -> sadb.ungroup(group(sadb)));
        states.put("manual-page-4", sadb -> fourfold(sadb, "192.168.2.110"));
        states.put("manual-page-6", sadb -> fourfold(sadb, "3049:1::2"));
        return states;
    }

    private static TableSa limited() {
        return esp(0x125, SECOND, FIRST)
                .tripleDes()
                .md5()
                .soft(0, 1000000, 3000, 0, 0)
                .hard(0, 1200000, 3600, 0, 0);
    }

    /** Gives the SA that reference. */
    private static SecurityAssociation numbered(int reference, Sadb sadb, TableSa sa) {
        for (int drawn = 0; drawn < reference; drawn++) {
            int unused = sadb.drawReference();
            assertEquals(drawn, unused);
        }
        return sa.in(sadb);
    }

    private static void received(Sadb sadb) {
        ah(0x187a101a, "192.168.2.100", "192.168.2.110")
                .inbound()
                .sha1()
                .window(64)
                .added(1200)
                .used(71960, 514, 1100, 4)
                .with(
                        use -> {
                            ReplayWindow window = new ReplayWindow(64, 400);
                            for (long sequence = 404; sequence <= 514; sequence++) {
                                window.received(sequence);
                            }
                            use.window(window);
                            use.sequence(514);
                            use.replayed();
                            use.replayed();
                            use.forged();
                        })
                .in(sadb);
    }

    private static void allReceived(SaUse use, int size, long last) {
        ReplayWindow window = new ReplayWindow(size, last - size + 1);
        for (long sequence = last - size + 2; sequence <= last; sequence++) {
            window.received(sequence);
        }
        use.window(window);
        use.sequence(last);
    }

    private static void translated(Sadb sadb) {
        SecurityAssociation esp =
                numbered(
                        7,
                        sadb,
                        limited()
                                .hard(0, 1200000, 3600, 0, 99)
                                .nat(2, 4500, 4501)
                                .vector("1f2e3d4c5b6a7988"));
        sadb.join(tun(0x126, SECOND, FIRST).in(sadb), esp);
    }

    /** Its second member. */
    private static SecurityAssociation group(Sadb sadb) {
        SecurityAssociation tun = tun(0x113, "10.0.0.1", "10.0.0.2").in(sadb);
        SecurityAssociation esp = esp(0x115, "10.0.0.1", "10.0.0.2").tripleDes().in(sadb);
        SecurityAssociation ah = ah(0x116, "10.0.0.1", "10.0.0.2").md5().in(sadb);
        esp(0x200, "10.0.0.1", "10.0.0.9").tripleDes().in(sadb);
        sadb.join(tun, esp);
        sadb.join(esp, ah);
        return esp;
    }

    private static void overHosts(Sadb sadb) {
        SecurityAssociation outer = esp(0x12345678, "192.1.2.23", "192.1.2.45").in(sadb);
        SecurityAssociation tun = tun(0x12345678, "192.1.2.23", "192.1.2.45").in(sadb);
        SecurityAssociation inner = esp(0xabcdabcd, "192.0.2.1", "192.0.1.1").in(sadb);
        sadb.join(tun, outer);
        sadb.join(inner, tun);
    }

    private static void fourfold(Sadb sadb, String to) {
        String from = to.replaceAll("[0-9]+$", "9");
        SecurityAssociation ah = ah(0x187a101a, from, to).sha1().in(sadb);
        SecurityAssociation esp = esp(0x187a101b, from, to).tripleDes().in(sadb);
        SecurityAssociation comp = comp(0x3d0, from, to).in(sadb);
        SecurityAssociation tun = tun(0x3d0, from, to).in(sadb);
        sadb.join(tun, comp);
        sadb.join(comp, esp);
        sadb.join(esp, ah);
    }

    static KernelSettings settings(String form) {
        return settings(form, "classic");
    }

    static KernelSettings settings(String form, String spoken) {
        DialectRules rules = new ScriptedRules(TableForm.SETTING, KlipsSettings.FORM);
        List<String> assignments = List.of("klips.table=" + form, "klips.form=" + spoken);
        return new KernelSettings(List.of(), new Random(1), List.of(rules), assignments);
    }

    @TestFactory
    Stream<DynamicTest> samples() {
        List<DynamicTest> tests = new ArrayList<>();
        STATES.forEach(
                (name, state) -> {
                    for (String form : List.of("kernel", "manual")) {
                        tests.add(
                                DynamicTest.dynamicTest(
                                        name + " " + form, () -> compare(name, form, state)));
                    }
                });
        return tests.stream();
    }

    private static void compare(String name, String form, Consumer<Sadb> state) throws IOException {
        Sadb sadb = new Sadb();
        state.accept(sadb);
        KernelSettings settings = settings(form);
        String shown =
                text(new SpiTable(sadb, settings, NOW, false))
                        + text(new GroupTable(sadb, settings));
        Path file = FOLDER.resolve(name + "." + form);
        if (UPDATE) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, shown);
        }
        assertEquals(Files.readString(file), shown);
    }

    /** All lines of a table. */
    static String text(TextTable table) {
        StringBuilder text = new StringBuilder();
        try (table) {
            for (String line = table.nextLine(); line != null; line = table.nextLine()) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }
}
