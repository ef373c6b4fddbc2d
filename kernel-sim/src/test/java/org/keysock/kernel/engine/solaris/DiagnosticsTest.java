package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.YOU;
import static org.keysock.kernel.engine.solaris.Ask.addAh;
import static org.keysock.kernel.engine.solaris.Ask.addEsp;
import static org.keysock.kernel.engine.solaris.Ask.addEspSa;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_DST;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_PROXY;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_SRC;
import static org.keysock.pfkey.model.ExtensionType.KEY_AUTH;
import static org.keysock.pfkey.model.ExtensionType.KEY_ENCRYPT;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_INNER_DST;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_NATT_LOC;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_NATT_REM;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;

/** Every diagnostic of solaris.md section 2 that can occur does occur, with its errno. */
class DiagnosticsTest {

    /** Those that no path of the kernel raises, or only systems of 2024. */
    private static final Set<Diagnostic> NEVER =
            EnumSet.of(
                    Diagnostic.NO_SADBS, // both databases are always there
                    Diagnostic.WEAK_AKEY, // no HMAC key is weak
                    Diagnostic.DUPLICATE_NATT_LOC,
                    Diagnostic.DUPLICATE_NATT_REM,
                    Diagnostic.DUPLICATE_NATT_PORTS,
                    Diagnostic.INNER_PROTO_MISMATCH,
                    Diagnostic.PAIR_ADD_MISMATCH,
                    Diagnostic.BAD_SA_DIRECTION,
                    Diagnostic.SA_EXPIRED,
                    Diagnostic.MISSING_ASTR,
                    Diagnostic.DUPLICATE_ASTR,
                    Diagnostic.MALFORMED_ASTR);

    private static final Ipv4Address GROUP = Ipv4Address.of(224, 0, 0, 1);
    private static final Ipv4Address NET = Ipv4Address.of(10, 1, 0, 0);
    private static final Ipv6Address SIX = new Ipv6Address(0x20010db8_00000000L, 9);
    private static final String SA_HEX = "02000100 00000067 00010202 00000000";
    private static final String ADDRESS_HEX = "00000000 02000000 c0000202 0000000000000000";
    private static final String KEY_HEX = "40000000 be02938e7def2839";

    /** A record, what must have been done before, and what the kernel says to it. */
    record Case(Errno errno, Diagnostic diagnostic, Reading asked, List<Ask> before) {
        @Override
        public String toString() {
            return diagnostic.number() + " " + diagnostic;
        }
    }

    private static Case of(Diagnostic diagnostic, Reading asked, Ask... before) {
        return new Case(Errno.EINVAL, diagnostic, asked, List.of(before));
    }

    private static Case of(Diagnostic diagnostic, Ask ask, Ask... before) {
        return of(Errno.EINVAL, diagnostic, ask, before);
    }

    private static Case of(Errno errno, Diagnostic diagnostic, Ask ask, Ask... before) {
        return new Case(errno, diagnostic, Wire.read(Wire.bytes(ask.message())), List.of(before));
    }

    private static Ask ask(MessageType type) {
        return Ask.of(type, SaType.ESP);
    }

    private static Ask esp() {
        return addEsp(1, ME, YOU);
    }

    private static Ask update() {
        return Ask.update(SaType.ESP, 1, YOU);
    }

    private static Ask bad(ExtensionType type) {
        return esp().less(type)
                .with(new Extension.Address(type, 0, 0, new Sockaddr.Other(7, new byte[14])));
    }

    private static Ask inner(int protocol, int prefix) {
        return esp().address(ADDRESS_PROXY, NET, protocol, prefix, 0)
                .address(X_ADDRESS_INNER_DST, NET, 0, 16, 0);
    }

    private static Case duplicate(Diagnostic diagnostic, int type, String body) {
        int words = (4 + body.replace(" ", "").length() / 2) / 8;
        String one = String.format("%02x00%02x00", words, type) + body;
        return of(diagnostic, Wire.extended(ask(MessageType.GET), one + one));
    }

    static Stream<Case> cases() {
        return Stream.of(framing(), presence(), addresses(), additions(), updates(), pairs())
                .flatMap(List::stream);
    }

    private static List<Case> framing() {
        List<Case> cases = new ArrayList<>();
        cases.add(
                new Case(
                        Errno.EMSGSIZE,
                        Diagnostic.NONE,
                        Wire.read("0209000003000000 0100000001000000"),
                        List.of()));
        cases.add(of(Diagnostic.UNKNOWN_MSG, Wire.read("0200000302000000 0100000001000000")));
        cases.add(of(Diagnostic.UNKNOWN_EXT, Wire.extended(esp(), "01006300 00000000")));
        cases.add(of(Diagnostic.BAD_EXTLEN, Wire.extended(esp(), "09001800 00000000")));
        cases.add(of(Diagnostic.UNKNOWN_SATYPE, Ask.of(MessageType.GET, SaType.RSVP)));
        cases.add(of(Diagnostic.SATYPE_NEEDED, Ask.of(MessageType.ADD, SaType.UNSPEC)));
        cases.add(of(Diagnostic.NO_EXT, Ask.of(MessageType.FLUSH, SaType.UNSPEC).dst(YOU)));
        cases.add(duplicate(Diagnostic.DUPLICATE_SA, 1, SA_HEX.substring(8)));
        cases.add(duplicate(Diagnostic.DUPLICATE_SRC, 5, ADDRESS_HEX));
        cases.add(duplicate(Diagnostic.DUPLICATE_DST, 6, ADDRESS_HEX));
        cases.add(duplicate(Diagnostic.DUPLICATE_INNER_SRC, 7, ADDRESS_HEX));
        cases.add(duplicate(Diagnostic.DUPLICATE_INNER_DST, 22, ADDRESS_HEX));
        cases.add(duplicate(Diagnostic.DUPLICATE_AKEY, 8, KEY_HEX));
        cases.add(duplicate(Diagnostic.DUPLICATE_EKEY, 9, KEY_HEX));
        cases.add(duplicate(Diagnostic.DUPLICATE_RANGE, 16, "00000001 00000002 00000000"));
        cases.add(malformed(Diagnostic.MALFORMED_SA, "01000100 00000067"));
        cases.add(malformed(Diagnostic.MALFORMED_SRC, "01000500 00000000"));
        cases.add(malformed(Diagnostic.MALFORMED_DST, "01000600 00000000"));
        cases.add(malformed(Diagnostic.MALFORMED_INNER_SRC, "01000700 00000000"));
        cases.add(malformed(Diagnostic.MALFORMED_INNER_DST, "01001600 00000000"));
        cases.add(malformed(Diagnostic.MALFORMED_AKEY, "02000800 00000000 0000000000000000"));
        cases.add(malformed(Diagnostic.MALFORMED_EKEY, "02000900 90000000 0011223344556677"));
        cases.add(malformed(Diagnostic.MALFORMED_RANGE, "02001000 00000002 00000001 00000000"));
        return cases;
    }

    private static Case malformed(Diagnostic diagnostic, String extension) {
        return of(diagnostic, Wire.extended(ask(MessageType.GET), extension));
    }

    private static List<Case> presence() {
        return List.of(
                of(Diagnostic.MISSING_SRC, esp().less(ADDRESS_SRC)),
                of(Diagnostic.MISSING_DST, esp().less(ADDRESS_DST)),
                of(Diagnostic.MISSING_SA, esp().less(ExtensionType.SA)),
                of(Diagnostic.MISSING_EKEY, esp().less(KEY_ENCRYPT)),
                of(Diagnostic.MISSING_AKEY, addAh(1, ME, YOU).less(KEY_AUTH)),
                of(Diagnostic.MISSING_RANGE, ask(MessageType.GETSPI).src(YOU).dst(ME)),
                of(Diagnostic.PROP_PRESENT, esp().with(new Extension.Proposal(0, List.of()))),
                of(
                        Diagnostic.SUPP_PRESENT,
                        esp().with(
                                        new Extension.Supported(
                                                ExtensionType.SUPPORTED_AUTH, List.of()))),
                of(Diagnostic.EKEY_PRESENT, addAh(1, ME, YOU).encryptKey(Ask.DES_KEY)));
    }

    private static List<Case> addresses() {
        return List.of(
                of(Diagnostic.BAD_SRC_AF, bad(ADDRESS_SRC)),
                of(Diagnostic.BAD_DST_AF, bad(ADDRESS_DST)),
                of(
                        Diagnostic.BAD_INNER_SRC_AF,
                        bad(ADDRESS_PROXY).address(X_ADDRESS_INNER_DST, NET, 0, 16, 0)),
                of(
                        Diagnostic.BAD_INNER_DST_AF,
                        bad(X_ADDRESS_INNER_DST).address(ADDRESS_PROXY, NET, 0, 16, 0)),
                of(Diagnostic.BAD_NATT_LOC_AF, bad(X_ADDRESS_NATT_LOC)),
                of(Diagnostic.BAD_NATT_LOC_AF, esp().address(X_ADDRESS_NATT_LOC, SIX, 0, 0, 0)),
                of(Diagnostic.BAD_NATT_REM_AF, esp().address(X_ADDRESS_NATT_REM, SIX, 0, 0, 0)),
                of(Diagnostic.AF_MISMATCH, addEsp(1, ME, SIX)),
                of(Diagnostic.AF_MISMATCH, addEsp(1, SIX, YOU)),
                of(Diagnostic.BAD_SRC, addEsp(1, GROUP, YOU)),
                of(Diagnostic.BAD_DST, addEsp(1, ME, Ipv4Address.ANY)),
                of(
                        Diagnostic.MALFORMED_NATT_LOC,
                        esp().address(X_ADDRESS_NATT_LOC, GROUP, 0, 0, 0)),
                of(
                        Diagnostic.MALFORMED_NATT_REM,
                        esp().address(X_ADDRESS_NATT_REM, Ipv4Address.ANY, 0, 0, 0)),
                of(Diagnostic.MISSING_INNER_DST, esp().address(ADDRESS_PROXY, NET, 0, 16, 0)),
                of(Diagnostic.MISSING_INNER_SRC, esp().address(X_ADDRESS_INNER_DST, NET, 0, 16, 0)),
                of(Diagnostic.PREFIX_INNER_SRC, inner(0, 33)),
                of(
                        Diagnostic.PREFIX_INNER_DST,
                        esp().address(ADDRESS_PROXY, NET, 0, 16, 0)
                                .address(X_ADDRESS_INNER_DST, NET.mapped(), 0, 95, 0)),
                of(
                        Diagnostic.INNER_AF_MISMATCH,
                        esp().address(ADDRESS_PROXY, NET, 0, 16, 0)
                                .address(X_ADDRESS_INNER_DST, SIX, 0, 16, 0)),
                of(
                        Errno.EPROTOTYPE,
                        Diagnostic.INNER_AF_MISMATCH,
                        inner(0, 16).less(ADDRESS_DST).address(ADDRESS_DST, YOU, 41, 0, 0)),
                of(
                        Diagnostic.PROTO_MISMATCH,
                        addEspSa(1)
                                .address(ADDRESS_SRC, Ipv6Address.ANY, 6, 0, 0)
                                .address(ADDRESS_DST, YOU, 17, 0, 0)),
                of(
                        Diagnostic.DUAL_PORT_SETS,
                        addEspSa(1)
                                .src(ME)
                                .address(ADDRESS_DST, YOU, 0, 0, 80)
                                .address(ADDRESS_PROXY, NET, 0, 16, 5)
                                .address(X_ADDRESS_INNER_DST, NET, 0, 16, 0)));
    }

    private static List<Case> additions() {
        AuthAlgorithm md5 = AuthAlgorithm.HMAC_MD5;
        EncryptionAlgorithm des = EncryptionAlgorithm.DES_CBC;
        return List.of(
                of(
                        Errno.EOPNOTSUPP,
                        Diagnostic.NONE,
                        esp().with(
                                        new Extension.Lifetime(
                                                ExtensionType.LIFETIME_CURRENT, 0, 0, 0, 0))),
                of(Errno.EEXIST, Diagnostic.NONE, esp(), esp()),
                of(Diagnostic.ALLOC_HSERR, esp().hard(1, 0, 0, 0).soft(2, 0, 0, 0)),
                of(Diagnostic.BYTES_HSERR, esp().hard(0, 1, 0, 0).soft(0, -1, 0, 0)),
                of(Diagnostic.ADDTIME_HSERR, esp().hard(0, 0, 9, 0).soft(0, 0, 5, 0).idle(6, 0)),
                of(Diagnostic.USETIME_HSERR, esp().hard(0, 0, 0, 9).soft(0, 0, 0, 10)),
                of(Diagnostic.BAD_AALG, esp().algorithms(AuthAlgorithm.unknown(99), des)),
                of(Diagnostic.BAD_AALG, esp().algorithms(AuthAlgorithm.NONE, des)),
                of(
                        Diagnostic.BAD_AALG,
                        esp().less(KEY_ENCRYPT)
                                .less(KEY_AUTH)
                                .algorithms(AuthAlgorithm.NONE, EncryptionAlgorithm.NULL)),
                of(Diagnostic.BAD_EALG, esp().algorithms(md5, EncryptionAlgorithm.unknown(99))),
                of(Diagnostic.BAD_EALG, esp().algorithms(md5, EncryptionAlgorithm.NONE)),
                of(Diagnostic.BAD_SAFLAGS, esp().flags(SaFlag.PFS)),
                of(Diagnostic.BAD_SAFLAGS, addAh(1, ME, YOU).flags(SaFlag.X_NATT_REM)), // T33
                of(Diagnostic.BAD_SASTATE, esp().state(SaState.DYING)), // T20
                of(
                        Diagnostic.BAD_AKEYBITS, // T4
                        esp().less(KEY_AUTH).authKey("bde359723576fdea08e56cbe876e24")),
                of(Diagnostic.BAD_EKEYBITS, esp().algorithms(md5, EncryptionAlgorithm.NULL)),
                of(
                        Diagnostic.ENCR_NOTSUPP,
                        addAh(1, ME, YOU).algorithms(md5, EncryptionAlgorithm.DES_CBC)),
                of(
                        Diagnostic.WEAK_EKEY, // T26
                        esp().less(KEY_ENCRYPT).encryptKey("0101010101010101")),
                of(Diagnostic.MISSING_NATT_LOC, esp().flags(SaFlag.X_NATT_LOC)),
                of(Diagnostic.MISSING_NATT_REM, esp().flags(SaFlag.X_NATT_REM)),
                of(Diagnostic.MISSING_INNER_SRC, esp().flags(SaFlag.X_TUNNEL)),
                of(
                        Diagnostic.BAD_CTX,
                        esp().less(KEY_ENCRYPT)
                                .algorithms(md5, EncryptionAlgorithm.AES_CBC)
                                .encryptKey("000102030405060708090a0b0c0d0e0f10")),
                of(Errno.EOPNOTSUPP, Diagnostic.INVALID_REPLAY, esp().with(new ReplayValue(0, 5))),
                of(Diagnostic.BAD_LABEL, esp().with(label(ExtensionType.SENSITIVITY))),
                of(Diagnostic.BAD_LABEL, esp().with(label(ExtensionType.X_OUTER_SENS))),
                of(
                        Errno.EOPNOTSUPP,
                        Diagnostic.NONE,
                        addAh(1, ME, YOU).with(label(ExtensionType.SENSITIVITY))));
    }

    private static Extension label(ExtensionType type) {
        return new Extension.Sensitivity(type, 1, 2, 0, 0, List.of(1L), List.of());
    }

    private static List<Case> updates() {
        return List.of(
                of(Diagnostic.AKEY_PRESENT, update().authKey(Ask.MD5_KEY), esp()),
                of(Diagnostic.EKEY_PRESENT, update().encryptKey(Ask.DES_KEY), esp()),
                of(Diagnostic.BAD_SAFLAGS, update().flags(SaFlag.X_EALG1), esp()),
                of(Diagnostic.BAD_SASTATE, update().state(SaState.DEAD), esp()),
                of(Diagnostic.BAD_SASTATE, update().replayValue(5), esp()),
                of(Diagnostic.DUPLICATE_KMP, update().cookie(2, 5), esp().cookie(1, 5)),
                of(Diagnostic.DUPLICATE_KMC, update().cookie(1, 6), esp().cookie(1, 5)),
                of(
                        Errno.EOPNOTSUPP,
                        Diagnostic.MISSING_LIFETIME,
                        update().with(
                                        new Extension.Lifetime(
                                                ExtensionType.LIFETIME_CURRENT, 0, 0, 0, 0)),
                        esp()),
                of(Diagnostic.BAD_LABEL, update().with(label(ExtensionType.SENSITIVITY)), esp()),
                of(Errno.ESRCH, Diagnostic.SA_NOTFOUND, update()));
    }

    private static List<Case> pairs() {
        return List.of(
                of(Diagnostic.PAIR_INAPPROPRIATE, addEsp(2, YOU, ME).pair(9), esp()),
                of(
                        Diagnostic.PAIR_ALREADY,
                        addEsp(3, YOU, ME).pair(1),
                        esp(),
                        addEsp(2, YOU, ME).pair(1)),
                of(
                        Errno.ESRCH,
                        Diagnostic.PAIR_SA_NOTFOUND,
                        Ask.naming(MessageType.X_UPDATEPAIR, SaType.ESP, 1, YOU)
                                .src(Ipv4Address.ANY),
                        esp()),
                of(
                        Errno.ENOENT,
                        Diagnostic.NONE,
                        Ask.of(MessageType.X_INVERSE_ACQUIRE, SaType.UNSPEC).src(ME).dst(YOU)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachIsRaised(Case tested) {
        Kernel kernel = new Kernel();
        tested.before().forEach(kernel::succeeds);
        SadbMessage answer = Kernel.only(kernel.harness.ask(kernel.client, tested.asked()));
        assertEquals(
                tested.errno() + " " + tested.diagnostic(),
                answer.header().errno() + " " + Diagnostic.of(answer.header().reserved()));
        assertEquals(0, answer.size());
        assertEquals(tested.before().size(), kernel.harness.engine().sadb().size(), "SAs left");
    }

    @Test
    void replayValuesOutsideTheWindowAreInvalid() {
        Kernel kernel = new Kernel();
        kernel.succeeds(addEsp(1, YOU, ME).replay(32).replayValue(500));
        kernel.becomes(kernel.theSa(SaType.ESP, ME, 1), SaState.DYING);
        kernel.refuses(Ask.update(SaType.ESP, 1, ME).replayValue(7), Diagnostic.INVALID_REPLAY);
    }

    @Test
    void noneIsForgotten() {
        Set<Diagnostic> raised = EnumSet.copyOf(NEVER);
        cases().forEach(tested -> raised.add(tested.diagnostic()));
        assertEquals(EnumSet.allOf(Diagnostic.class), raised);
    }
}
