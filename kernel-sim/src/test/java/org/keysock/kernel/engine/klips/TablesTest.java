package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.engine.klips.TableSa.NOW;
import static org.keysock.kernel.engine.klips.TableSa.address;
import static org.keysock.kernel.engine.klips.TableSa.ah;
import static org.keysock.kernel.engine.klips.TableSa.esp;
import static org.keysock.kernel.engine.klips.TableSa.tun;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.ScriptedRules;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Eroute;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Spd;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.KlipsExtension.Debug;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Spi;

/** KLIPS' tables beyond the samples: klips.md section 6. */
final class TablesTest {

    private static final long SEED = 6;
    private static final String FROM = "10.0.0.1";
    private static final String TO = "10.0.0.2";

    private static KernelSettings settings() {
        return TableSamplesTest.settings("kernel");
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** The names in a table, a line each. */
    private static List<String> names(TextTable table) {
        return TableSamplesTest.text(table).lines().map(TablesTest::name).toList();
    }

    @Test
    void sasOfEveryHomeAreShownInOrderIfKlipsHasTheirType() {
        Sadb sadb = new Sadb();
        int spi = 1;
        for (DialectName home : DialectName.values()) {
            esp(spi++, FROM, TO).in(sadb, home);
        }

        assertEquals(
                List.of("esp0x1@10.0.0.2", "esp0x2@10.0.0.2", "esp0x3@10.0.0.2", "esp0x4@10.0.0.2"),
                names(new SpiTable(sadb, settings(), NOW, false)));
    }

    @Test
    void whatGoesBeforeItsTurnIsNotShownNorWhatComesLater() {
        Sadb sadb = new Sadb();
        List<SecurityAssociation> sas = new ArrayList<>();
        for (int spi = 1; spi <= 5; spi++) {
            sas.add(esp(spi, FROM, TO).in(sadb));
        }
        try (TextTable table = new SpiTable(sadb, settings(), NOW, false);
                TextTable groups = new GroupTable(sadb, settings())) {
            assertTrue(Objects.requireNonNull(table.nextLine()).startsWith("esp0x1@"));
            assertEquals("esp0x1@10.0.0.2 ", groups.nextLine());
            sadb.remove(sas.get(1));
            sadb.join(sas.get(3), sas.get(2));
            ah(6, FROM, TO).in(sadb);
            assertTrue(Objects.requireNonNull(table.nextLine()).startsWith("esp0x3@"));
            assertEquals("esp0x4@10.0.0.2 esp0x3@10.0.0.2 ", groups.nextLine());
            sadb.remove(sas.get(4));
            assertTrue(Objects.requireNonNull(table.nextLine()).startsWith("esp0x4@"));
            assertNull(table.nextLine());
            assertNull(groups.nextLine());
        }
    }

    /** While SAs come and go at random, a table shows those that stay, once, and none twice. */
    @Test
    void whatStaysIsShownOnce() {
        Random random = new Random(SEED);
        Sadb sadb = new Sadb();
        List<SecurityAssociation> going = new ArrayList<>();
        List<String> staying = new ArrayList<>();
        for (int spi = 1; spi <= 2000; spi++) {
            SecurityAssociation sa = esp(spi, FROM, TO).in(sadb);
            if (random.nextBoolean()) {
                going.add(sa);
            } else {
                staying.add("esp0x" + Integer.toHexString(spi) + "@10.0.0.2");
            }
        }
        List<String> shown = new ArrayList<>();
        try (TextTable table = new SpiTable(sadb, settings(), NOW, false)) {
            int later = 100_000;
            for (String line = table.nextLine(); line != null; line = table.nextLine()) {
                shown.add(name(line));
                if (!going.isEmpty()) {
                    sadb.remove(going.remove(random.nextInt(going.size())));
                }
                esp(later++, FROM, TO).in(sadb);
            }
        }
        assertEquals(Set.copyOf(shown).size(), shown.size(), "seed " + SEED);
        assertTrue(shown.containsAll(staying), "seed " + SEED);
        assertTrue(shown.size() <= 2000, "seed " + SEED);
    }

    private static void eroute(
            Spd spd, String from, int fromBits, String to, int toBits, int port, Said target) {
        Policy policy =
                new Policy(
                        DialectName.KLIPS,
                        spd.nextId(PolicyDirection.OUT),
                        PolicyDirection.OUT,
                        new Selector(
                                address(from),
                                fromBits,
                                address(to),
                                toBits,
                                port == 0 ? 0 : 6,
                                0,
                                port),
                        Action.IPSEC,
                        0,
                        List.of(),
                        null,
                        null,
                        null,
                        new Eroute(target, null, null),
                        0,
                        0);
        for (int packets = 0; packets < (port == 0 ? 8 : 3); packets++) {
            policy.used(1, 1);
        }
        assertTrue(spd.insert(policy));
    }

    private static Said said(SaType type, int spi, String to) {
        return new Said(type, new Spi(spi), address(to));
    }

    @Test
    void eroutesComeInTheOrderOfTheirBits() {
        Spd spd = new Spd();
        eroute(spd, "3049::", 16, "::", 0, 0, said(SaType.X_IPIP, 0x145, "3049:1::2"));
        eroute(
                spd,
                "192.168.2.110",
                32,
                "192.168.2.120",
                32,
                25,
                said(SaType.ESP, 0x130, "192.168.2.120"));
        eroute(spd, "192.0.2.0", 24, "192.0.1.0", 24, 0, said(SaType.X_INT, 260, "0.0.0.0"));
        eroute(
                spd,
                "192.0.1.0",
                24,
                "192.0.1.0",
                24,
                0,
                said(SaType.X_IPIP, 0x12345678, "192.1.2.45"));

        assertEquals(
                """
                8          192.0.1.0/24       -> 192.0.1.0/24       => tun0x12345678@192.1.2.45
                8          192.0.2.0/24       -> 192.0.1.0/24       => %trap
                3          192.168.2.110/32   -> 192.168.2.120/32:25 => esp0x130@192.168.2.120:6
                8          3049::/16          -> ::/0               => tun0x145@3049:1::2
                """,
                TableSamplesTest.text(new ErouteTable(spd)));
        try (TextTable table = new ErouteTable(spd)) {
            spd.newestFirst().forEach(spd::remove);
            assertNull(table.nextLine());
        }
    }

    /** Nobody waits for the collection of many: each step looks at some. */
    @Test
    void manyEroutesAreCollectedInSteps() {
        Spd spd = new Spd();
        int many = 2000;
        for (int each = 0; each < many; each++) {
            String from = "10.0." + (each >> 8) + '.' + (each & 255);
            eroute(spd, from, 32, TO, 32, 0, said(SaType.ESP, 0x100 + each, TO));
        }
        int steps = 0;
        try (ErouteTable table = new ErouteTable(spd)) {
            while (!table.ready()) {
                steps++;
                assertTrue(spd.size() == many || steps > 1);
                spd.remove(spd.newestFirst().get(0));
            }
            assertEquals(many - steps, TableSamplesTest.text(table).lines().count());
        }
        assertTrue(steps >= 4, steps + " steps");
        assertEquals(many - steps, TableSamplesTest.text(new ErouteTable(spd)).lines().count());
    }

    /** Klips.md 6.6: a line for each SA with those that follow it, inbound the other way round. */
    @Test
    void newerKernelsListWhatFollowsEachSa() {
        KernelSettings modern = TableSamplesTest.settings("kernel", "modern");
        Sadb sadb = new Sadb();
        SecurityAssociation tun = tun(1, FROM, TO).in(sadb);
        SecurityAssociation esp = esp(2, FROM, TO).in(sadb);
        sadb.join(tun, esp);
        SecurityAssociation tunIn = tun(3, TO, FROM).inbound().in(sadb);
        SecurityAssociation espIn = esp(4, TO, FROM).inbound().in(sadb);
        sadb.join(tunIn, espIn);

        assertEquals(
                """
                tun0x1@10.0.0.2 esp0x2@10.0.0.2\s
                esp0x2@10.0.0.2\s
                tun0x3@10.0.0.1\s
                esp0x4@10.0.0.1 tun0x3@10.0.0.1\s
                """,
                TableSamplesTest.text(new GroupTable(sadb, modern)));
    }

    @Test
    void socketsAreShownYoungestFirst() {
        Map<DialectName, DialectRules> rules = new EnumMap<>(DialectName.class);
        KlipsRules klips = new KlipsRules();
        rules.put(DialectName.KLIPS, klips);
        rules.put(DialectName.LINUX, new ScriptedRules());
        KeyEngine engine = new Harness(rules, List.of()).engine();
        KeySocket first = engine.open(DialectName.KLIPS);
        engine.open(DialectName.LINUX).registered().add(SaType.ESP);
        KeySocket third = engine.open(DialectName.KLIPS);
        first.registered().addAll(List.of(SaType.X_IPCOMP, SaType.ESP));
        third.registered().add(SaType.ESP);
        KlipsTables tables = new KlipsTables(klips, engine, socket -> 980 + socket.id());

        assertEquals(
                """
                    sock   pid   socket     next     prev e n p sndbf    Flags     Type St
                c8000300   983 c0000300 0 2 65535 00000000        3  1
                c8000100   981 c0000100 0 2 65535 00000000        3  1
                """,
                text(tables, "pf_key"));
        assertEquals(
                """
                satype   socket   pid       sk
                     3 c0000300   983 c8000300
                     3 c0000100   981 c8000100
                    10 c0000100   981 c8000100
                """,
                text(tables, "pf_key_registered"));
    }

    private static String text(KlipsTables tables, String name) {
        return TableSamplesTest.text(Objects.requireNonNull(tables.open(name, NOW)));
    }

    private static KlipsTables tables(KlipsRules klips, String... assignments) {
        Map<DialectName, DialectRules> rules = Map.of(DialectName.KLIPS, klips);
        KeyEngine engine = new Harness(rules, List.of(), assignments).engine();
        return new KlipsTables(klips, engine, socket -> 0);
    }

    @Test
    void masksAreThoseOfXDebug() {
        KlipsRules klips = new KlipsRules();
        Harness kernel = new Harness(Map.of(DialectName.KLIPS, klips), List.of());
        KlipsTables tables = new KlipsTables(klips, kernel.engine(), socket -> 0);
        esp(0x3e7, FROM, TO).in(kernel.engine().sadb()).flag(SaFlag.X_INFLOW);
        assertFalse(text(tables, "ipsec_spi").contains("reftable"));
        Debug all = new Debug(Collections.nCopies(Debug.Part.values().length, -1));
        BaseHeader header = BaseHeader.of(MessageType.X_DEBUG, SaType.UNSPEC, 1, 1);
        kernel.ask(kernel.open(DialectName.KLIPS), SadbMessage.of(header, all));

        assertEquals(
                """
                debug_tunnel=ffffffff.
                debug_xform=ffffffff.
                debug_eroute=ffffffff.
                debug_spi=ffffffff.
                debug_radij=ffffffff.
                debug_esp=ffffffff.
                debug_ah=ffffffff.
                debug_rcv=ffffffff.
                debug_pfkey=ffffffff.
                """,
                text(tables, "ipsec_klipsdebug"));
        String line = text(tables, "ipsec_spi");
        assertTrue(line.endsWith(" ref=0 reftable=0 refentry=0\n"), line);
    }

    @Test
    void theVersionIsThatOfTheForm() {
        String modern = text(tables(new KlipsRules(), "klips.form=modern"), "ipsec_version");
        String libreswan = text(tables(new KlipsRules(), "klips.form=libreswan"), "ipsec_version");

        assertTrue(modern.startsWith("Openswan version: "), modern);
        assertTrue(libreswan.startsWith("Libreswan version: "), libreswan);
    }

    @Test
    void algorithmsAreThoseOfRegister() {
        KlipsTables tables = tables(new KlipsRules());

        assertEquals(
                """
                satype exttype alg_id ivlen minbits maxbits name
                     2      14      3     0     160     160              unknown
                     2      14      2     0     128     128              unknown
                     3      15     12   128     128     256              unknown
                     3      15      3    64     168     168              unknown
                     3      14      3     0     160     160              unknown
                     3      14      2     0     128     128              unknown
                     9      15      4     0     128     128              unknown
                     9      15      3     0      32     128              unknown
                     9      15      2     0     128      32              unknown
                     9      15      1     0      32      32              unknown
                    10      15      2     0       1       1              unknown
                """,
                text(tables, "pf_key_supported"));
    }

    @Test
    void otherFilesAreThere() {
        KlipsTables tables = tables(new KlipsRules());
        Matcher version =
                Pattern.compile("Openswan version: [0-9.]+\n")
                        .matcher(text(tables, "ipsec_version"));

        assertTrue(version.matches());
        assertTrue(text(tables, "ipsec_tncfg").startsWith("ipsec0 -> NULL mtu=0(0) -> 0\n"));
        assertEquals("", text(tables, "ipsec_spi"));
        assertEquals("", text(tables, "ipsec_spigrp"));
        assertEquals("", text(tables, "ipsec_eroute"));
        assertNull(tables.open("pfkey", NOW));
    }
}
