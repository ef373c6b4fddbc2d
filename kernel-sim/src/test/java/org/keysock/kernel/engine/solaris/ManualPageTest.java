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
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
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
import org.keysock.pfkey.model.SolarisExtension.KmCookie;
import org.keysock.pfkey.model.Spi;

/**
 * What the kernel does in the examples of the manual page (E), in statements of its text (T), and
 * in the illumos test programs (K): solaris.md section 6, where no other test says it.
 */
class ManualPageTest {

    private final Kernel kernel = new Kernel();

    private static SaFlags flags(SadbMessage message) {
        Extension.Sa sa = message.sa();
        assertNotNull(sa);
        return sa.flags();
    }

    private String cipherKey(int spi, IpAddress destination) {
        Extension.Key key = kernel.get(SaType.ESP, spi, destination).key(ExtensionType.KEY_ENCRYPT);
        assertNotNull(key);
        return HexFormat.of().formatHex(key.material().revealed());
    }

    @Test
    void exampleSevenAddsAndUpdatesWithoutSource() {
        assertEquals(
                SaFlags.of(SaFlag.X_OUTBOUND),
                flags(kernel.succeeds(Ask.addAh(0x90125, ME.mapped(), YOU.mapped()))));
        kernel.succeeds(
                Ask.naming(MessageType.UPDATE, SaType.AH, 0x90125, YOU.mapped())
                        .hard(0, 16_000_000, 0, 0)
                        .src(Ipv6Address.ANY));
        assertEquals(
                new Lifetime(ExtensionType.LIFETIME_HARD, 0, 16_000_000, 0, 0),
                kernel.get(SaType.AH, 0x90125, YOU).lifetime(ExtensionType.LIFETIME_HARD));
    }

    @Test
    void exampleSevenOnAHostThatIsSomebodyElse() {
        Ipv4Address far = Ipv4Address.of(198, 51, 100, 1);
        assertEquals(
                SaFlags.of(SaFlag.X_INBOUND, SaFlag.X_OUTBOUND),
                flags(kernel.succeeds(Ask.addAh(1, far, YOU))));
    }

    @Test
    void exampleEightIsInbound() {
        assertEquals(
                SaFlags.of(SaFlag.X_INBOUND),
                flags(kernel.succeeds(Ask.addAh(0x2112, YOU, ME).hard(0, 16_000_000, 0, 0))));
    }

    @Test
    void exampleTenReplacesTheEspSas() {
        kernel.succeeds(Ask.addEsp(9, ME, YOU));
        kernel.succeeds(Ask.addAh(9, ME, YOU));
        kernel.succeeds(Ask.of(MessageType.FLUSH, SaType.ESP));
        kernel.succeeds(Ask.addEsp(0x2112, ME, YOU).hard(0, 0, 0, 28800));
        kernel.succeeds(
                Ask.addEsp(0x5150, YOU, ME)
                        .less(ExtensionType.KEY_ENCRYPT)
                        .encryptKey("8bd4a52e10127deb")
                        .hard(0, 0, 0, 28800));
        assertNull(kernel.sa(SaType.ESP, YOU, 9));
        assertNotNull(kernel.sa(SaType.AH, YOU, 9));
        assertEquals("bf02928f7cef2938", cipherKey(0x2112, YOU));
        assertEquals("8ad5a42f10137cea", cipherKey(0x5150, ME));
        assertEquals(Direction.OUTBOUND, kernel.theSa(SaType.ESP, YOU, 0x2112).direction());
        assertEquals(Direction.INBOUND, kernel.theSa(SaType.ESP, ME, 0x5150).direction());
    }

    @Test
    void exampleElevenIsIpv6() {
        Ipv6Address mine = new Ipv6Address(0xfec0bbbb_00000000L, 0x4483);
        Ipv6Address yours = new Ipv6Address(0xfec0bbbb_00000000L, 0x7843);
        SadbMessage answer = kernel.succeeds(Ask.addEsp(1, mine, yours).hard(0, 0, 0, 28800));
        assertEquals(SaFlags.of(SaFlag.X_OUTBOUND), flags(answer));
        assertEquals(
                Extension.Address.of(ExtensionType.ADDRESS_DST, yours),
                kernel.get(SaType.ESP, 1, yours).address(ExtensionType.ADDRESS_DST));
    }

    @Test
    void exampleTwelvePairsByTheStoredSource() {
        Ipv4Address far = Ipv4Address.of(192, 168, 99, 2);
        kernel.succeeds(Ask.addEsp(0x123456, ME, far));
        kernel.refuses(
                Ask.update(SaType.ESP, 0x123456, far).pair(0x654321),
                Diagnostic.PAIR_INAPPROPRIATE); // E12c
        kernel.succeeds(Ask.addEsp(0x654321, far, ME));
        SadbMessage answer = kernel.succeeds(Ask.update(SaType.ESP, 0x123456, far).pair(0x654321));
        assertEquals(SaFlags.of(SaFlag.X_OUTBOUND, SaFlag.X_PAIRED), flags(answer));
    }

    @Test
    void aFlagPutsAnSaIntoTheOtherTableAndIsAHintLater() { // T16, T17
        assertEquals(
                SaFlags.of(SaFlag.X_INBOUND),
                flags(kernel.succeeds(Ask.addEspSa(1, SaFlag.X_INBOUND).src(ME).dst(YOU))));
        kernel.succeeds(Ask.naming(MessageType.GET, SaType.ESP, 1, YOU).flags(SaFlag.X_OUTBOUND));
        kernel.succeeds(Ask.naming(MessageType.DELETE, SaType.ESP, 1, YOU));
    }

    @Test
    void cloneSasOfTheTestPrograms() { // K1
        Ipv4Address loop = Ipv4Address.of(127, 0, 0, 1);
        for (int spi : List.of(0x2112, 0x5150, 0x6768)) {
            kernel.refuses(
                    Ask.naming(MessageType.DELETE, SaType.AH, spi, loop),
                    Errno.ESRCH,
                    Diagnostic.SA_NOTFOUND);
            assertEquals(
                    SaFlags.of(SaFlag.X_INBOUND),
                    flags(kernel.succeeds(Ask.addAh(spi, Ipv4Address.ANY, loop))));
            assertEquals(Direction.BOTH, kernel.theSa(SaType.AH, loop, spi).direction());
        }
    }

    @Test
    void theFormOfTheTestProgramsUpdate() { // K7
        Ipv4Address loop = Ipv4Address.of(127, 0, 0, 1);
        kernel.succeeds(Ask.addAh(0x2112, Ipv4Address.ANY, loop));
        Ask bare =
                Ask.of(MessageType.UPDATE, SaType.AH)
                        .with(
                                new Extension.Sa(
                                        new Spi(0x2112),
                                        0,
                                        SaState.MATURE,
                                        AuthAlgorithm.NONE,
                                        EncryptionAlgorithm.NONE,
                                        SaFlags.NONE))
                        .dst(loop)
                        .src(Ipv4Address.ANY);
        kernel.succeeds(bare.cookie(1, 0xbadL));
        SadbMessage shown =
                kernel.succeeds(
                        Ask.naming(MessageType.GET, SaType.AH, 0x2112, loop).src(Ipv4Address.ANY));
        assertEquals(new KmCookie(1, 0xbadL), shown.find(ExtensionType.X_KM_COOKIE));
    }

    @Test
    void ofManyDeletesOneSucceeds() { // K11
        kernel.succeeds(Ask.addEsp(1, ME, YOU));
        Ask delete = Ask.naming(MessageType.DELETE, SaType.ESP, 1, YOU);
        kernel.succeeds(delete);
        for (int again = 0; again < 9; again++) {
            kernel.refuses(delete, Errno.ESRCH, Diagnostic.SA_NOTFOUND);
        }
    }

    @Test
    void aTunnelOfTheWrongProtocol() { // T35
        kernel.refuses(
                Ask.addEspSa(1, SaFlag.X_TUNNEL)
                        .src(ME)
                        .address(ExtensionType.ADDRESS_DST, YOU, 41, 0, 0)
                        .inner(Ipv4Address.of(10, 1, 0, 0), 16, Ipv4Address.of(10, 2, 0, 0), 16),
                Errno.EPROTOTYPE,
                Diagnostic.INNER_AF_MISMATCH);
    }
}
