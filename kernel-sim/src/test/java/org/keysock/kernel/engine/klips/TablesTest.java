package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.engine.klips.TableSa.NOW;
import static org.keysock.kernel.engine.klips.TableSa.address;
import static org.keysock.kernel.engine.klips.TableSa.ah;
import static org.keysock.kernel.engine.klips.TableSa.comp;
import static org.keysock.kernel.engine.klips.TableSa.esp;
import static org.keysock.kernel.engine.klips.TableSa.tun;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.ScriptedRules;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Eroute;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Spd;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
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

    /** Fields of klips.md 6.2, and an SA that has each. */
    private static final Map<String, TableSa> FIELDS = fields();

    private static Map<String, TableSa> fields() {
        Map<String, TableSa> fields = new LinkedHashMap<>();
        fields.put(
                " policy=10.1.0.0/16->3049::/32",
                tun(1, FROM, TO).policy("10.1.0.0", 16, "3049::", 32));
        fields.put(" iv_bits=64bits iv=0x0102030405060708", plain().vector("0102030405060708"));
        fields.put(" ooowin=1", plain().window(1));
        fields.put(" ooo_errs=1", used(SaUse::replayed));
        fields.put(" seq=4294967295", used(use -> use.sequence(0xffff_ffffL)));
        fields.put(" bit=0x5", used(use -> use.window(window(1, 3))));
        fields.put(" max_seq_diff=1", used(use -> use.window(window(1, 3))));
        fields.put(" flags=0x8<>", plain().flags(SaFlag.PFS, SaFlag.X_INFLOW));
        fields.put(" alen=256 aklen=256", plain().auth(AuthAlgorithm.HMAC_SHA256, 256));
        fields.put(" aklen=64", tun(1, FROM, TO).auth(AuthAlgorithm.NONE, 64));
        fields.put(" auth_errs=1", used(SaUse::forged));
        fields.put(" eklen=256", plain().cipher(EncryptionAlgorithm.AES_CBC, 256));
        fields.put(" encr_size_errs=1", used(SaUse::misSized));
        fields.put(" encr_pad_errs=1", used(SaUse::misPadded));
        fields.put("=alloc(1,7,0)", plain().soft(7, 0, 0, 0, 0));
        fields.put("=alloc(1,0,8)", plain().hard(8, 0, 0, 0, 0));
        fields.put("=bytes(0,9,0)", plain().soft(0, 9, 0, 0, 0));
        fields.put(
                "bytes(18446744073709551615,0,0)", plain().used(0xffff_ffff_ffff_ffffL, 1, 0, 0));
        fields.put(")usetime(5000,0,6)", plain().hard(0, 0, 0, 6, 0));
        fields.put(")usetime(4,0,0)", plain().used(1, 1, 4, 4));
        fields.put(")packets(2,0,0)", plain().used(1, 2, 4, 3));
        fields.put(")packets(0,4294967295,0)", plain().soft(0, 0, 0, 0, -1));
        fields.put(" idle=3", plain().used(1, 2, 4, 3));
        fields.put(" ratio=3:2", comp(1, FROM, TO).with(use -> use.compressed(3, 2)));
        fields.put(" natencap=nonike", plain().nat(1, 0, 0));
        fields.put(" natencap=nonesp natsport=65535 natdport=1", plain().nat(2, 65535, 1));
        fields.put(" natencap=unknown", plain().nat(3, 0, 0));
        return fields;
    }

    private static TableSa plain() {
        return esp(1, FROM, TO).cipher(EncryptionAlgorithm.NULL, 0);
    }

    private static TableSa used(Consumer<SaUse> how) {
        return plain().with(how);
    }

    private static ReplayWindow window(long... received) {
        ReplayWindow window = new ReplayWindow(32);
        for (long each : received) {
            window.received(each);
        }
        return window;
    }

    private static String line(TableSa sa, TableForm form) {
        return new SpiLine(form, NOW, false).of(sa.in(new Sadb()), sa.goesIn());
    }

    /** A field is there where it has something to say, and nowhere else (A8). */
    @TestFactory
    Stream<DynamicTest> fieldsAppearWhenTheyHaveSomethingToSay() {
        String bare = line(plain(), TableForm.KERNEL);
        assertEquals(
                "esp0x1@10.0.0.2 ESP_ID11: dir=out src=10.0.0.1 life(c,s,h)=addtime(0,0,0)"
                        + " natencap=none natsport=0 natdport=0 refcount=3 ref=0",
                bare);
        List<DynamicTest> tests = new ArrayList<>();
        FIELDS.forEach(
                (field, sa) ->
                        tests.add(
                                DynamicTest.dynamicTest(
                                        field,
                                        () -> {
                                            String shown = line(sa, TableForm.KERNEL);
                                            assertTrue(shown.contains(field), shown);
                                            assertFalse(bare.contains(field));
                                        })));
        return tests.stream();
    }

    @Test
    void whatIsForAlgorithmsIsNotShownOfTunnels() {
        TableSa tunnel =
                tun(1, FROM, TO)
                        .window(32)
                        .with(use -> use.sequence(7))
                        .with(use -> use.window(window(1, 3)))
                        .with(SaUse::replayed);

        assertEquals(
                "tun.1@10.0.0.2 IPIP: dir=out src=10.0.0.1 life(c,s,h)=add(0,0,0)",
                line(tunnel, TableForm.MANUAL));
    }

    @Test
    void aLimitOfUseThatNeverBeganIsNoAgeInTheManualForm() {
        TableSa waiting = plain().hard(0, 0, 0, 6, 0);

        assertEquals(
                "esp.1@10.0.0.2 ESP_ID11: dir=out src=10.0.0.1 life(c,s,h)=add(0,0,0)use(0,0,6)",
                line(waiting, TableForm.MANUAL));
    }

    @Test
    void transformsHaveNames() {
        Map<String, TableSa> named = new LinkedHashMap<>();
        named.put("AH_HMAC_SHA1", ah(1, FROM, TO).sha1());
        named.put("AH_HMAC_SHA2_384", ah(1, FROM, TO).auth(AuthAlgorithm.HMAC_SHA384, 384));
        named.put("AH_HMAC_SHA2_512", ah(1, FROM, TO).auth(AuthAlgorithm.HMAC_SHA512, 512));
        named.put("AH_ID8", ah(1, FROM, TO).auth(AuthAlgorithm.HMAC_RIPEMD160, 160));
        named.put("AH_ID9", ah(1, FROM, TO).auth(AuthAlgorithm.AES_XCBC, 128));
        named.put("ESP", esp(1, FROM, TO));
        named.put("ESP_3DES", esp(1, FROM, TO).tripleDes());
        named.put(
                "ESP_AES_HMAC_SHA1",
                esp(1, FROM, TO).cipher(EncryptionAlgorithm.AES_CBC, 128).sha1());
        named.put("ESP_SERPENT", esp(1, FROM, TO).cipher(EncryptionAlgorithm.SERPENT_CBC, 128));
        named.put("ESP_TWOFISH", esp(1, FROM, TO).cipher(EncryptionAlgorithm.TWOFISH_CBC, 128));
        named.put("ESP_ID20", esp(1, FROM, TO).cipher(EncryptionAlgorithm.AES_GCM_16, 160));
        named.put("COMP_DEFLATE", comp(1, FROM, TO));
        named.put("COMP_UNKNOWN_comp", comp(1, FROM, TO).cipher(EncryptionAlgorithm.COMP_LZS, 0));
        named.put("IPIP", tun(1, FROM, TO));
        named.put("ESP ", esp(1, FROM, TO).cipher(EncryptionAlgorithm.CHACHA20_POLY1305, 256));
        named.forEach(
                (name, sa) ->
                        assertEquals(name.strip(), TransformName.of(sa.in(new Sadb())), name));
    }

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
