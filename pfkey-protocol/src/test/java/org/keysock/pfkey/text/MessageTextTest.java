package org.keysock.pfkey.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.SolarisExtension;
import org.keysock.pfkey.model.Spi;

final class MessageTextTest {

    private static final MessageText SOLARIS = MessageText.in(DialectName.SOLARIS);
    private static final Sockaddr HERE = Sockaddr.of(Ipv4Address.of(10, 0, 0, 1), 0);
    private static final Sockaddr THERE = Sockaddr.of(new Ipv6Address(0xfe80L << 48, 1), 500);

    private static final SadbMessage ADD =
            SadbMessage.of(
                    BaseHeader.of(MessageType.ADD, SaType.ESP, 1, -1),
                    new Extension.Sa(
                            new Spi(0x2112),
                            32,
                            SaState.MATURE,
                            AuthAlgorithm.HMAC_MD5,
                            EncryptionAlgorithm.DES_CBC,
                            SaFlags.of(SaFlag.X_INBOUND)),
                    new Extension.Lifetime(
                            ExtensionType.LIFETIME_CURRENT, 0, 0, 1230000000, 1230000060),
                    new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, -1, 0, 28800),
                    new Extension.Address(ExtensionType.ADDRESS_SRC, 6, 32, HERE),
                    new Extension.Address(ExtensionType.ADDRESS_DST, 0, 0, THERE),
                    new Extension.Key(
                            ExtensionType.KEY_ENCRYPT,
                            64,
                            0,
                            KeyMaterial.of(HexFormat.of().parseHex("be02938e7def2839"))),
                    new Extension.Identity(
                            ExtensionType.IDENTITY_SRC, IdentityType.FQDN, 0, "a\n.example"),
                    new SolarisExtension.Pair(new Spi(0x5150)));

    @Test
    void everyExtensionHasItsLine() {
        assertEquals(
                """
                ADD ESP seq 1 pid 4294967295
                  SA spi 0x2112 MATURE auth HMAC_MD5 encrypt DES_CBC replay 32 flags <X_INBOUND>
                  LIFETIME_CURRENT added 2008-12-23T02:40:00Z used 2008-12-23T02:41:00Z
                  LIFETIME_HARD bytes 18446744073709551615 usetime 28800 s
                  ADDRESS_SRC 10.0.0.1 prefix 32 protocol 6
                  ADDRESS_DST fe80::1 port 500
                  KEY_ENCRYPT 64 bits hidden
                  IDENTITY_SRC FQDN "a\\x0a.example"
                  X_PAIR spi 0x5150\
                """,
                SOLARIS.of(ADD));
    }

    @Test
    void keysAreShownOnlyWhenAskedFor() {
        SadbMessage unread =
                SadbMessage.of(
                        ADD.header(),
                        new Extension.Opaque(ExtensionType.KEY_AUTH, new byte[] {1, 2}));

        assertFalse(SOLARIS.of(ADD).contains("be02938e7def2839"));
        assertTrue(SOLARIS.withKeys().of(ADD).contains("64 bits be02938e7def2839"));
        assertTrue(SOLARIS.of(unread).endsWith("KEY_AUTH 2 bytes"));
        assertTrue(SOLARIS.withKeys().of(unread).endsWith("KEY_AUTH 2 bytes 0102"));
    }

    @Test
    void reservedBitsAreAReasonOnSolarisAlone() {
        SadbMessage refused =
                SadbMessage.of(
                        ADD.header().refused(Errno.EINVAL, Diagnostic.MISSING_SRC),
                        Extension.Sa.of(new Spi(1)));

        assertTrue(
                SOLARIS.of(refused)
                        .startsWith(
                                "ADD ESP seq 1 pid 4294967295 errno EINVAL MISSING_SRC (source"
                                        + " address missing)\n"));
        assertTrue(
                MessageText.in(DialectName.LINUX)
                        .of(refused)
                        .startsWith("ADD ESP seq 1 pid 4294967295 errno EINVAL reserved 18\n"));
    }

    @Test
    void partsOfProposalsAndPoliciesHaveLinesOfTheirOwn() {
        Extension.Lifetime none = new Extension.Lifetime(ExtensionType.LIFETIME_SOFT, 0, 0, 0, 0);
        Extension.Lifetime hour =
                new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, 3600, 0);
        SadbMessage acquire =
                SadbMessage.of(
                        BaseHeader.of(MessageType.ACQUIRE, SaType.AH, 7, 0),
                        new Extension.Proposal(
                                0,
                                List.of(
                                        new Extension.Proposal.Combination(
                                                AuthAlgorithm.HMAC_SHA1,
                                                EncryptionAlgorithm.NONE,
                                                0,
                                                160,
                                                160,
                                                0,
                                                0,
                                                0,
                                                none,
                                                hour))),
                        new KameExtension.Policy(
                                2,
                                2,
                                9,
                                0,
                                List.of(
                                        new KameExtension.Policy.Request(
                                                50, 2, 3, 17, HERE, THERE))),
                        new Extension.Supported(
                                ExtensionType.SUPPORTED_ENCRYPT,
                                List.of(
                                        new Extension.Supported.Algorithm(
                                                EncryptionAlgorithm.AES_CBC,
                                                16,
                                                128,
                                                256,
                                                64,
                                                0))));

        assertEquals(
                """
                ACQUIRE AH seq 7 pid 0
                  PROPOSAL
                    combination auth HMAC_SHA1 160 bits hard addtime 3600 s
                  X_POLICY ipsec out id 9
                    ESP tunnel unique reqid 17 from 10.0.0.1 to fe80::1 port 500
                  SUPPORTED_ENCRYPT
                    AES_CBC 128..256 bits step 64 iv 16\
                """,
                MessageText.in(DialectName.LINUX).of(acquire));
    }

    @Test
    void klipsHasExtensionsOfItsOwn() {
        Extension.Sa tunnel =
                new Extension.Sa(
                        new Spi(0x3d0),
                        0,
                        SaState.MATURE,
                        AuthAlgorithm.NONE,
                        EncryptionAlgorithm.NONE,
                        SaFlags.of(SaFlag.X_INFLOW),
                        7);
        List<Integer> masks = new ArrayList<>(Collections.nCopies(12, 0));
        masks.set(KlipsExtension.Debug.Part.PFKEY.ordinal(), -1);
        SadbMessage group =
                SadbMessage.of(
                        BaseHeader.of(MessageType.X_GRPSA, SaType.X_IPIP, 1, 987),
                        tunnel,
                        new Extension.Lifetime(ExtensionType.LIFETIME_CURRENT, 1, 408, 100, 160, 3),
                        new KlipsExtension.SaType2(SaType.ESP),
                        new KlipsExtension.Sa2(Extension.Sa.of(new Spi(0x187a101b))),
                        new Extension.Address(ExtensionType.X_ADDRESS_DST2, 0, 0, HERE),
                        new KlipsExtension.Debug(masks),
                        new KlipsExtension.Protocol(6, 0),
                        new KlipsExtension.PlumbIf(49153),
                        new KlipsExtension.SaRef(1, 2));

        assertEquals(
                """
                X_GRPSA X_IPIP seq 1 pid 987
                  SA spi 0x3d0 MATURE flags <X_INFLOW> ref 7
                  LIFETIME_CURRENT allocations 1 bytes 408 packets 3 added 100 s used 160 s
                  X_SATYPE2 ESP
                  X_GRP_SA2 spi 0x187a101b LARVAL
                  X_ADDRESS_DST2 10.0.0.1
                  X_DEBUG pfkey 0xffffffff
                  X_PROTOCOL 6
                  X_PLUMBIF ipsec1
                  X_SAREF me 1 him 2\
                """,
                MessageText.in(DialectName.KLIPS).of(group));
    }

    @Test
    void brokenBytesAreExplained() {
        Reading.Broken broken =
                new Reading.Broken(
                        BaseHeader.of(MessageType.unknown(77), SaType.UNSPEC, 0, 5),
                        Fault.answered(Errno.EINVAL, Diagnostic.NONE, "no such message"),
                        1,
                        null,
                        new Reading.Raw(new byte[16], 0, 16));

        assertEquals(
                "unknown(77) UNSPEC seq 0 pid 5\n  broken at byte 1: no such message (EINVAL)",
                SOLARIS.of(broken));
    }

    @Test
    void everyRecordOfTheModelHasARow() {
        Set<String> without = new TreeSet<>();
        records(Extension.class)
                .filter(record -> !ExtensionTexts.knows(record))
                .forEach(record -> without.add(record.getSimpleName()));
        assertEquals(Set.of(), without);
    }

    private static Stream<Class<?>> records(Class<?> kind) {
        return kind.isSealed()
                ? Stream.of(kind.getPermittedSubclasses()).flatMap(MessageTextTest::records)
                : Stream.of(kind);
    }
}
