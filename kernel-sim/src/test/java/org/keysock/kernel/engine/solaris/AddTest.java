package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.keysock.kernel.engine.solaris.Ask.ME;
import static org.keysock.kernel.engine.solaris.Ask.YOU;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;

/** ADD: solaris.md 3.5, 3.6 and 3.17. */
class AddTest {

    private static final Ipv4Address LOOP = Ipv4Address.of(127, 0, 0, 1);
    private static final Ipv4Address GROUP = Ipv4Address.of(224, 0, 0, 1);
    private static final Ipv4Address FAR = Ipv4Address.of(198, 51, 100, 9);

    private final Kernel kernel = new Kernel();

    @Test
    void theReplyEchoesTheRequestInItsOrderWithoutKeysToAll() {
        Ask ask = Ask.addEsp(0x6789, ME, YOU).hard(0, 0, 0, 28800);
        SadbMessage answer = Kernel.only(kernel.asks(ask));
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.LIFETIME_HARD),
                Kernel.types(answer));
        assertEquals(ask.message().header(), answer.header());
        assertEquals(SaFlags.of(SaFlag.X_OUTBOUND), flags(answer));
        assertEquals(List.of(answer), kernel.bystanderHears());
    }

    @Test
    void aMappedAddressIsEchoedAsIpv4InAnExtensionOfTheOldLength() {
        SadbMessage answer = kernel.succeeds(Ask.addEspSa(1).src(ME.mapped()).dst(YOU.mapped()));
        assertEquals(
                new Extension.Address(
                        ExtensionType.ADDRESS_DST, 0, 0, new Sockaddr.Inet4(YOU, 0), 2),
                answer.address(ExtensionType.ADDRESS_DST));
        assertNotNull(kernel.sa(SaType.ESP, YOU, 1));
        Extension.Address shown = kernel.get(SaType.ESP, 1, YOU).address(ExtensionType.ADDRESS_DST);
        assertEquals(Extension.Address.of(ExtensionType.ADDRESS_DST, YOU), shown);
    }

    @Test
    void anUnspecifiedIpv6SourceFollowsAnIpv4Destination() {
        SadbMessage answer = kernel.succeeds(Ask.addEspSa(1).dst(YOU).src(Ipv6Address.ANY));
        assertEquals(
                new Extension.Address(
                        ExtensionType.ADDRESS_SRC, 0, 0, new Sockaddr.Inet4(Ipv4Address.ANY, 0), 2),
                answer.address(ExtensionType.ADDRESS_SRC));
    }

    @Test
    void anErrorGoesToAllAsABareHeader() {
        kernel.succeeds(Ask.addEsp(1, ME, YOU));
        SadbMessage answer = Kernel.only(kernel.asks(Ask.addEsp(1, FAR, YOU)));
        assertEquals(Errno.EEXIST, answer.header().errno());
        assertEquals(0, answer.header().reserved());
        assertEquals(List.of(answer), kernel.bystanderHears());
    }

    @Test
    void directionFollowsFlagsAndLocalAddresses() {
        directed(1, Direction.INBOUND, FAR, YOU, SaFlag.X_INBOUND);
        directed(2, Direction.OUTBOUND, YOU, ME, SaFlag.X_OUTBOUND);
        directed(3, Direction.BOTH, ME, YOU, SaFlag.X_INBOUND, SaFlag.X_OUTBOUND);
        assertEquals(both(), directed(4, Direction.BOTH, ME, GROUP));
        assertEquals(inbound(), directed(5, Direction.INBOUND, YOU, ME));
        assertEquals(inbound(), directed(6, Direction.BOTH, LOOP, ME));
        assertEquals(inbound(), directed(7, Direction.BOTH, Ipv4Address.ANY, LOOP));
        assertEquals(SaFlags.of(SaFlag.X_OUTBOUND), directed(8, Direction.OUTBOUND, ME, YOU));
        assertEquals(both(), directed(9, Direction.BOTH, FAR, YOU));
        assertEquals(both(), directed(10, Direction.BOTH, Ipv4Address.ANY, YOU));
    }

    private SaFlags directed(
            int spi, Direction direction, IpAddress from, IpAddress to, SaFlag... flags) {
        SadbMessage answer = kernel.succeeds(Ask.addEspSa(spi, flags).src(from).dst(to));
        assertEquals(direction, kernel.theSa(SaType.ESP, to, spi).direction());
        return flags(answer);
    }

    private static SaFlags both() {
        return SaFlags.of(SaFlag.X_INBOUND, SaFlag.X_OUTBOUND);
    }

    private static SaFlags inbound() {
        return SaFlags.of(SaFlag.X_INBOUND);
    }

    @Test
    void parityIsCorrectedAndShown() {
        kernel.succeeds(Ask.addEsp(1, ME, YOU));
        Extension.Key key = kernel.get(SaType.ESP, 1, YOU).key(ExtensionType.KEY_ENCRYPT);
        assertNotNull(key);
        assertEquals(64, key.bits());
        assertEquals("bf02928f7cef2938", hex(key));
    }

    @Test
    void weakKeysAreRefused() {
        kernel.refuses(des("0000000000000000"), Diagnostic.WEAK_EKEY);
        kernel.refuses(des("1fe01fe00ef10ef1"), Diagnostic.WEAK_EKEY);
        String one = "0123456789abcdef";
        String two = "133457799bbcdff1";
        String three = "fedcba9876543210";
        kernel.refuses(tripleDes(1, one + one + two), Diagnostic.WEAK_EKEY);
        kernel.refuses(tripleDes(1, one + two + two), Diagnostic.WEAK_EKEY);
        kernel.refuses(tripleDes(1, one + "0101010101010101" + two), Diagnostic.WEAK_EKEY);
        kernel.succeeds(tripleDes(1, one + two + one));
        kernel.succeeds(tripleDes(2, one + two + three));
    }

    private static Ask des(String key) {
        return Ask.addEsp(1, ME, YOU).less(ExtensionType.KEY_ENCRYPT).encryptKey(key);
    }

    private static Ask tripleDes(int spi, String key) {
        return cipher(spi, EncryptionAlgorithm.TRIPLE_DES_CBC, key);
    }

    private static Ask cipher(int spi, EncryptionAlgorithm cipher, String key) {
        return Ask.of(MessageType.ADD, SaType.ESP)
                .sa(spi, SaState.MATURE, AuthAlgorithm.NONE, cipher, SaFlags.NONE)
                .encryptKey(key)
                .dst(YOU)
                .src(ME);
    }

    @Test
    void keyLengthsFollowTheTable() {
        String byte8 = "0011223344556677";
        kernel.refuses(tripleDes(1, byte8 + byte8 + "00112233445566"), Diagnostic.BAD_EKEYBITS);
        kernel.refuses(cipher(1, EncryptionAlgorithm.BLOWFISH_CBC, byte8), Diagnostic.BAD_EKEYBITS);
        kernel.refuses(cipher(1, EncryptionAlgorithm.AES_CBC, byte8), Diagnostic.BAD_EKEYBITS);
        kernel.refuses(
                cipher(1, EncryptionAlgorithm.AES_CBC, byte8 + byte8 + "00"), Diagnostic.BAD_CTX);
        kernel.succeeds(cipher(1, EncryptionAlgorithm.AES_CBC, byte8 + byte8 + byte8));
        kernel.refuses(
                cipher(2, EncryptionAlgorithm.AES_GCM_16, byte8 + byte8), Diagnostic.BAD_EKEYBITS);
    }

    @Test
    void aSaltedCipherShowsItsSaltApartAndGetsItsFlags() {
        String key = "000102030405060708090a0b0c0d0e0fdeadbeef";
        SadbMessage answer = kernel.succeeds(cipher(1, EncryptionAlgorithm.AES_GCM_16, key));
        assertEquals(SaFlags.of(SaFlag.X_OUTBOUND, SaFlag.X_EALG1, SaFlag.X_EALG2), flags(answer));
        Extension.Key shown = kernel.get(SaType.ESP, 1, YOU).key(ExtensionType.KEY_ENCRYPT);
        assertNotNull(shown);
        assertEquals(128, shown.bits());
        assertEquals(32, shown.reserved());
        assertEquals(key, hex(shown));
    }

    @Test
    void anInitialIvIsCutOff() {
        String key = "000102030405060708090a0b0c0d0e0f";
        kernel.succeeds(
                cipher(1, EncryptionAlgorithm.AES_CBC, key)
                        .less(ExtensionType.KEY_ENCRYPT)
                        .key(ExtensionType.KEY_ENCRYPT, key + "ffffffffffffffff", 192, 64));
        Extension.Key shown = kernel.get(SaType.ESP, 1, YOU).key(ExtensionType.KEY_ENCRYPT);
        assertNotNull(shown);
        assertEquals(128, shown.bits());
        assertEquals(key, hex(shown));
    }

    @Test
    void encryptionAloneIsLegal() {
        kernel.succeeds(
                cipher(1, EncryptionAlgorithm.AES_CBC, "000102030405060708090a0b0c0d0e0f")
                        .less(ExtensionType.ADDRESS_SRC)
                        .src(Ipv4Address.ANY));
    }

    @Test
    void anAuthenticationAlgorithmNeedsItsKey() {
        kernel.refuses(
                Ask.addEsp(1, ME, YOU).less(ExtensionType.KEY_AUTH), Diagnostic.MISSING_AKEY);
    }

    @Test
    void theReplayWindowNeedsASource() {
        kernel.succeeds(Ask.addEsp(1, ME, YOU).replay(32).replayValue(17));
        SadbMessage shown = kernel.get(SaType.ESP, 1, YOU);
        assertEquals(32, sa(shown).replayWindow());
        assertEquals(new ReplayValue(17, 0), shown.find(ExtensionType.X_REPLAY_VALUE));
        kernel.succeeds(Ask.addEsp(2, Ipv4Address.ANY, YOU).replay(32));
        assertEquals(0, sa(kernel.get(SaType.ESP, 2, YOU)).replayWindow());
    }

    @Test
    void portsAndProtocolsMakeAnSaUnique() {
        Ask ask =
                Ask.addEspSa(1)
                        .address(ExtensionType.ADDRESS_SRC, ME, 6, 0, 80)
                        .address(ExtensionType.ADDRESS_DST, YOU, 6, 0, 1024);
        assertEquals(SaFlags.of(SaFlag.X_OUTBOUND, SaFlag.X_UNIQUE), flags(kernel.succeeds(ask)));
        SadbMessage shown = kernel.get(SaType.ESP, 1, YOU);
        assertEquals(
                new Extension.Address(ExtensionType.ADDRESS_SRC, 6, 0, new Sockaddr.Inet4(ME, 80)),
                shown.address(ExtensionType.ADDRESS_SRC));
    }

    @Test
    void aTunnelGetsItsProtocolAndMasksItsInnerAddresses() {
        SadbMessage answer =
                kernel.succeeds(
                        Ask.addEspSa(1, SaFlag.X_TUNNEL)
                                .dst(YOU)
                                .src(ME)
                                .inner(
                                        Ipv4Address.of(10, 1, 2, 3).mapped(),
                                        112,
                                        Ipv4Address.of(10, 2, 0, 0).mapped(),
                                        112));
        assertEquals(
                new Extension.Address(
                        ExtensionType.ADDRESS_PROXY,
                        0,
                        16,
                        new Sockaddr.Inet4(Ipv4Address.of(10, 1, 0, 0), 0),
                        2),
                answer.address(ExtensionType.ADDRESS_PROXY));
        assertEquals(
                SaFlags.of(SaFlag.X_OUTBOUND, SaFlag.X_TUNNEL, SaFlag.X_UNIQUE), flags(answer));
        SadbMessage shown = kernel.get(SaType.ESP, 1, YOU);
        Extension.Address source = shown.address(ExtensionType.ADDRESS_SRC);
        assertNotNull(source);
        assertEquals(4, source.protocol());
        assertEquals(
                new Extension.Address(
                        ExtensionType.X_ADDRESS_INNER_DST,
                        0,
                        16,
                        new Sockaddr.Inet4(Ipv4Address.of(10, 2, 0, 0), 0)),
                shown.address(ExtensionType.X_ADDRESS_INNER_DST));
    }

    @Test
    void innerPortsBindTheSaAndStandInsideOnly() {
        kernel.succeeds(
                Ask.addEspSa(1)
                        .dst(YOU)
                        .src(ME)
                        .address(
                                ExtensionType.ADDRESS_PROXY, Ipv4Address.of(10, 1, 0, 0), 6, 16, 80)
                        .address(
                                ExtensionType.X_ADDRESS_INNER_DST,
                                Ipv4Address.of(10, 2, 0, 0),
                                6,
                                16,
                                0));
        SadbMessage shown = kernel.get(SaType.ESP, 1, YOU);
        Extension.Address outer = shown.address(ExtensionType.ADDRESS_SRC);
        Extension.Address inner = shown.address(ExtensionType.ADDRESS_PROXY);
        assertNotNull(outer);
        assertNotNull(inner);
        assertEquals(0, outer.port());
        assertEquals(80, inner.port());
        assertEquals(80, kernel.theSa(SaType.ESP, YOU, 1).details().sourcePort());
    }

    @Test
    void natAddressesAreShownWithUdpAndTheDefaultPort() {
        kernel.succeeds(
                Ask.addEspSa(1, SaFlag.X_NATT_REM)
                        .dst(YOU)
                        .src(ME)
                        .address(
                                ExtensionType.X_ADDRESS_NATT_REM,
                                Ipv4Address.of(10, 0, 0, 5),
                                0,
                                0,
                                0));
        assertEquals(
                new Extension.Address(
                        ExtensionType.X_ADDRESS_NATT_REM,
                        17,
                        0,
                        new Sockaddr.Inet4(Ipv4Address.of(10, 0, 0, 5), 4500)),
                kernel.get(SaType.ESP, 1, YOU).address(ExtensionType.X_ADDRESS_NATT_REM));
    }

    @Test
    void anOwnNatAddressIsAllowedWithAPortAtTheOuterAddressOnly() {
        kernel.refuses(nat(ME, 0), Diagnostic.MALFORMED_NATT_LOC);
        kernel.refuses(nat(LOOP, 4500), Diagnostic.MALFORMED_NATT_LOC);
        kernel.succeeds(nat(ME, 4500));
        Kernel strict = new Kernel("solaris.nat-own-address=refuse");
        strict.refuses(nat(ME, 4500), Diagnostic.MALFORMED_NATT_LOC);
        strict.succeeds(nat(FAR, 4500));
    }

    private static Ask nat(IpAddress local, int port) {
        return Ask.addEspSa(1, SaFlag.X_NATT_LOC)
                .dst(YOU)
                .src(ME)
                .address(ExtensionType.X_ADDRESS_NATT_LOC, local, 0, 0, port);
    }

    @Test
    void theIdleLimitOfTheManualPageIsASwitch() {
        kernel.succeeds(Ask.addEsp(1, ME, YOU).hard(0, 0, 100, 0));
        assertNull(kernel.get(SaType.ESP, 1, YOU).lifetime(ExtensionType.X_LIFETIME_IDLE));
        Kernel manual = new Kernel("solaris.idle-default=manual");
        manual.succeeds(Ask.addEsp(1, ME, YOU).hard(0, 0, 100, 0));
        assertEquals(
                new Extension.Lifetime(ExtensionType.X_LIFETIME_IDLE, 0, 0, 50, 0),
                manual.get(SaType.ESP, 1, YOU).lifetime(ExtensionType.X_LIFETIME_IDLE));
    }

    @Test
    void theFuzzIsASwitch() {
        Kernel fuzzy = new Kernel("solaris.soft-fuzz=on");
        fuzzy.succeeds(Ask.addEsp(1, ME, YOU).soft(0, 0, 1000, 0));
        Extension.Lifetime soft =
                fuzzy.get(SaType.ESP, 1, YOU).lifetime(ExtensionType.LIFETIME_SOFT);
        assertNotNull(soft);
        assertEquals(true, soft.addTime() <= 992 && soft.addTime() >= 977);
        fuzzy.succeeds(Ask.addEsp(2, ME, YOU).soft(0, 0, 5, 0));
        Extension.Lifetime least =
                fuzzy.get(SaType.ESP, 2, YOU).lifetime(ExtensionType.LIFETIME_SOFT);
        assertNotNull(least);
        assertEquals(1, least.addTime());
    }

    @Test
    void aRefusedAddLeavesNothingBehind() {
        kernel.refuses(Ask.addEsp(1, ME, YOU).pair(99), Diagnostic.PAIR_INAPPROPRIATE);
        assertNull(kernel.sa(SaType.ESP, YOU, 1));
        SecurityAssociation none = kernel.sa(SaType.ESP, YOU, 99);
        assertNull(none);
        assertEquals(0, kernel.harness.engine().sadb().size());
    }

    private static SaFlags flags(SadbMessage message) {
        return sa(message).flags();
    }

    private static Extension.Sa sa(SadbMessage message) {
        Extension.Sa sa = message.sa();
        assertNotNull(sa);
        return sa;
    }

    private static String hex(Extension.Key key) {
        return HexFormat.of().formatHex(key.material().revealed());
    }
}
