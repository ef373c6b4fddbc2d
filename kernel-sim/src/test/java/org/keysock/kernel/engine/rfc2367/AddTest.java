package org.keysock.kernel.engine.rfc2367;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** ADD, RFC 2367 section 3.1.3. */
final class AddTest {

    private static final ExtensionType STRANGE = ExtensionType.unknown(77);

    private final Scene scene = new Scene();

    private static Extension.Identity identity(ExtensionType type, IdentityType kind, String text) {
        return new Extension.Identity(type, kind, 0, text);
    }

    private static SadbMessage cipher(EncryptionAlgorithm cipher, String key) {
        Extension.Sa sa =
                new Extension.Sa(
                        new Spi(0x1000),
                        0,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_SHA1,
                        cipher,
                        SaFlags.NONE);
        return Scene.with(Scene.addWith(sa), Scene.key(ExtensionType.KEY_ENCRYPT, key));
    }

    private static SadbMessage flags(SaFlags flags) {
        Extension.Sa sa = Scene.mature(0x1000);
        return Scene.addWith(
                new Extension.Sa(sa.spi(), 0, sa.state(), sa.auth(), sa.encrypt(), flags));
    }

    @Test
    void allHearOfItWithoutKeysAndProxy() {
        SadbMessage request =
                Scene.add(
                        0x1000,
                        Scene.hard(100),
                        Scene.soft(50),
                        Scene.end(ExtensionType.ADDRESS_PROXY, Scene.HERE),
                        identity(ExtensionType.IDENTITY_SRC, IdentityType.FQDN, "a.example"),
                        new Extension.Opaque(STRANGE, new byte[4]));
        SadbMessage answer = scene.answer(request);
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_HARD,
                        ExtensionType.LIFETIME_SOFT,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.IDENTITY_SRC),
                Scene.parts(answer));
        assertEquals(request.header(), answer.header());
        assertEquals(Scene.mature(0x1000), answer.sa());
        assertEquals(List.of(answer), scene.harness.heard(scene.bystander));
        SecurityAssociation sa = scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000);
        assertNotNull(sa);
        assertEquals(Direction.OUTBOUND, sa.direction());
        assertEquals(96, sa.secrets().icvBits());
    }

    @Test
    void identityIsTakenOnce() {
        scene.succeeds(Scene.add(0x1000));
        scene.refused(Errno.EEXIST, Scene.add(0x1000));
        scene.succeeds(Scene.add(0x1001));
    }

    @Test
    void larvalSaTakesTheIdentityToo() {
        scene.succeeds(Scene.getSpi(0x1000, 0x1000));
        scene.refused(Errno.EEXIST, Scene.add(0x1000));
    }

    @Test
    void requiredExtensions() {
        for (ExtensionType type :
                List.of(
                        ExtensionType.SA,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.KEY_AUTH,
                        ExtensionType.KEY_ENCRYPT)) {
            scene.refused(Errno.EINVAL, Scene.add(0x1000).without(type));
        }
    }

    @Test
    void extensionsOfOtherVerbs() {
        scene.refused(Errno.EINVAL, Scene.addWith(new Extension.SpiRange(new Spi(1), new Spi(2))));
        scene.refused(Errno.EINVAL, Scene.addWith(Scene.limit(ExtensionType.LIFETIME_CURRENT, 0)));
    }

    @Test
    void stateMustBeMature() {
        for (SaState state :
                List.of(SaState.LARVAL, SaState.DYING, SaState.DEAD, SaState.unknown(9))) {
            scene.refused(Errno.EINVAL, Scene.addWith(Scene.sa(0x1000, state)));
        }
    }

    @Test
    void flagsMustBeKnown() {
        scene.refused(Errno.EINVAL, flags(new SaFlags(0, 0x10)));
        scene.succeeds(flags(SaFlags.of(SaFlag.PFS)));
    }

    @Test
    void saTypes() {
        scene.refused(Errno.EINVAL, Scene.ofType(Scene.add(0x1000), SaType.UNSPEC));
        scene.refused(Errno.EINVAL, Scene.ofType(Scene.add(0x1000), SaType.unknown(99)));
        SadbMessage cipherless = Scene.add(0x1000).without(ExtensionType.KEY_ENCRYPT);
        Extension.Sa sa =
                new Extension.Sa(
                        new Spi(0x1000),
                        0,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_SHA1,
                        EncryptionAlgorithm.NONE,
                        SaFlags.NONE);
        scene.refused(Errno.EINVAL, Scene.with(cipherless, sa)); // ESP needs a cipher
        for (SaType saType : List.of(SaType.AH, SaType.RSVP, SaType.OSPFV2, SaType.MIP)) {
            scene.refused(Errno.EINVAL, Scene.ofType(Scene.add(0x1000), saType));
            scene.succeeds(Scene.ofType(Scene.with(cipherless, sa), saType));
        }
    }

    @Test
    void mixedFamilies() {
        Ipv6Address six = new Ipv6Address(0x20010db800000000L, 1);
        scene.refused(Errno.EINVAL, Scene.addWith(Scene.end(ExtensionType.ADDRESS_SRC, six)));
    }

    @Test
    void keyLengths() {
        scene.refused(
                Errno.EINVAL,
                Scene.addWith(Scene.key(ExtensionType.KEY_ENCRYPT, "0102030405060708")));
        scene.refused(
                Errno.EINVAL, Scene.addWith(Scene.key(ExtensionType.KEY_AUTH, Scene.CIPHER_KEY)));
    }

    @Test
    void saltCountsAsKey() {
        scene.succeeds(cipher(EncryptionAlgorithm.AES_CTR, Scene.AUTH_KEY));
        SecurityAssociation sa = scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000);
        assertNotNull(sa);
        assertEquals(128, sa.secrets().encryptBits());
        assertEquals(32, sa.secrets().saltBits());
        assertEquals(
                160,
                requireNonNull(scene.answer(Scene.get(0x1000)).key(ExtensionType.KEY_ENCRYPT))
                        .bits());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0101010101010101", // weak
                "1fe01fe00ef10ef1", // semi-weak
                "be02938e7def2839" // even parity
            })
    void badDesKeys(String key) {
        scene.refused(Errno.EINVAL, cipher(EncryptionAlgorithm.DES_CBC, key));
        scene.succeeds(cipher(EncryptionAlgorithm.DES_CBC, "bf02928f7cef2938"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/24",
                "10.0.1.0/24",
                "10.0.0.0/33",
                "10.0.0.0",
                "fe80::/10",
                "localhost/32",
                "300.0.0.0/8",
                ""
            })
    void prefixIdentityMustHoldTheAddress(String prefix) {
        scene.refused(
                Errno.EINVAL,
                Scene.addWith(identity(ExtensionType.IDENTITY_SRC, IdentityType.PREFIX, prefix)));
    }

    @Test
    void goodIdentities() {
        scene.succeeds(
                Scene.with(
                        Scene.addWith(
                                identity(
                                        ExtensionType.IDENTITY_SRC,
                                        IdentityType.PREFIX,
                                        "10.0.0.0/31")),
                        identity(
                                ExtensionType.IDENTITY_DST,
                                IdentityType.USER_FQDN,
                                "u@b.example")));
        scene.refused(
                Errno.EINVAL,
                Scene.with(
                        Scene.add(0x1001),
                        identity(ExtensionType.IDENTITY_DST, IdentityType.RESERVED, "x")));
    }

    @Test
    void refusedAddLeavesNothing() {
        scene.refused(Errno.EINVAL, Scene.addWith(Scene.sa(0x1000, SaState.LARVAL)));
        assertNull(scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000));
    }
}
