package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.engine.klips.TableSa.NOW;
import static org.keysock.kernel.engine.klips.TableSa.ah;
import static org.keysock.kernel.engine.klips.TableSa.comp;
import static org.keysock.kernel.engine.klips.TableSa.esp;
import static org.keysock.kernel.engine.klips.TableSa.tun;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.kernel.sadb.SaUse;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.SaFlag;

/** An SA as a line of {@code ipsec_spi}, field by field: klips.md sections 6.2 and 6.3. */
final class SpiLineTest {

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
                        assertEquals(
                                name.strip(),
                                TransformName.of(sa.in(new Sadb()), TableForm.KERNEL),
                                name));
    }

    @Test
    void newerKernelsNameMoreAndTellMore() {
        TableSa nothing = plain().md5().added(7);

        assertEquals(
                "esp0x1@10.0.0.2 ESP_NULL_HMAC_MD5: dir=out src=10.0.0.1 alen=128 aklen=128"
                        + " life(c,s,h)=addtime(7,0,0)"
                        + " natencap=none natsport=0 natdport=0 refcount=3 ref=0 refhim=0",
                line(nothing, TableForm.MODERN));
        assertTrue(
                line(nothing, TableForm.LIBRESWAN)
                        .contains(" aklen=128 jiffies=5000000 life(c,s,h)=addtime("));
        assertEquals(
                "COMP_LZS",
                TransformName.of(
                        comp(1, FROM, TO).cipher(EncryptionAlgorithm.COMP_LZS, 0).in(new Sadb()),
                        TableForm.MODERN));
    }

    /** The second entry of ipsec_spi(5) has none, though its cipher needs one. */
    @Test
    void theManualPageShowsNoVectorOfWhatArrives() {
        TableSa sa = plain().vector("0102030405060708").inbound();

        assertTrue(line(sa, TableForm.KERNEL).contains(" iv_bits=64bits iv=0x0102030405060708"));
        assertFalse(line(sa, TableForm.MANUAL).contains("iv"));
    }
}
