package org.keysock.kernel.transform;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.klips.KlipsRules;
import org.keysock.kernel.engine.linux.LinuxRules;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AlgorithmTable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/**
 * What an ADD asks for and packets cannot have is refused at the ADD, with a reason: every
 * algorithm that any dialect names, and numbers nobody knows, with keys of every length, on every
 * dialect's socket. What is let in carries a packet there and back.
 */
final class AddedSasTest {

    private static final long SEED = 6;
    private static final int LONGEST_KEY = 520;
    private static final int UNKNOWN = 199;
    private static final Ipv4Address SOURCE = Ipv4Address.of(192, 0, 2, 1);
    private static final Ipv4Address DESTINATION = Ipv4Address.of(192, 0, 2, 2);
    private static final SaType[] TYPES = {SaType.AH, SaType.ESP, SaType.X_IPCOMP, SaType.X_IPIP};

    private final Random random = new Random(SEED);
    private final Set<AuthAlgorithm> auths = new LinkedHashSet<>();
    private final Set<EncryptionAlgorithm> ciphers = new LinkedHashSet<>();
    private int tried;
    private int added;

    AddedSasTest() {
        auths.add(AuthAlgorithm.NONE);
        auths.add(AuthAlgorithm.unknown(UNKNOWN));
        ciphers.add(EncryptionAlgorithm.NONE);
        ciphers.add(EncryptionAlgorithm.unknown(UNKNOWN));
        for (DialectName dialect : DialectName.values()) {
            for (Algorithm row : AlgorithmTable.of(dialect).rows()) {
                if (row.code() instanceof AuthAlgorithm auth) {
                    auths.add(auth);
                } else if (row.code() instanceof EncryptionAlgorithm cipher) {
                    ciphers.add(cipher);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DialectName.class)
    void whatCannotBeDoneIsRefusedAtOnce(DialectName dialect) {
        String[] switches = {"linux.aead=on", "klips.algorithms=all"};
        Harness harness =
                new Harness(
                        Map.of(
                                DialectName.KLIPS,
                                new KlipsRules(),
                                DialectName.LINUX,
                                new LinuxRules(),
                                DialectName.SOLARIS,
                                new SolarisRules(),
                                DialectName.RFC2367,
                                new Rfc2367Rules()),
                        List.of(),
                        switches);
        KeySocket socket = harness.open(dialect);
        for (SaType type : TYPES) {
            for (int bits = 0; bits <= LONGEST_KEY; bits += bits % 8 == 1 ? 7 : 1) {
                for (AuthAlgorithm auth : auths) {
                    add(harness, socket, type, auth, bits, plainCipher(type), 0);
                }
                for (EncryptionAlgorithm cipher : ciphers) {
                    add(harness, socket, type, AuthAlgorithm.NONE, 0, cipher, bits);
                    add(harness, socket, type, AuthAlgorithm.HMAC_SHA1, 160, cipher, bits);
                }
            }
        }
        System.out.println(dialect + ": " + tried + " ADDs, " + added + " were let in");
        assertTrue(added > 20 && added < tried, added + " of " + tried);
    }

    private static EncryptionAlgorithm plainCipher(SaType type) {
        return type == SaType.ESP
                ? EncryptionAlgorithm.NULL
                : type == SaType.X_IPCOMP
                        ? EncryptionAlgorithm.COMP_DEFLATE
                        : EncryptionAlgorithm.NONE;
    }

    private void add(
            Harness harness,
            KeySocket socket,
            SaType type,
            AuthAlgorithm auth,
            int authBits,
            EncryptionAlgorithm cipher,
            int cipherBits) {
        List<Extension> extensions = new ArrayList<>();
        Spi spi = new Spi(0x1000);
        extensions.add(new Extension.Sa(spi, 0, SaState.MATURE, auth, cipher, SaFlags.NONE));
        extensions.add(Extension.Address.of(ExtensionType.ADDRESS_SRC, SOURCE));
        extensions.add(Extension.Address.of(ExtensionType.ADDRESS_DST, DESTINATION));
        if (authBits > 0) {
            extensions.add(key(ExtensionType.KEY_AUTH, authBits));
        }
        if (cipherBits > 0) {
            extensions.add(key(ExtensionType.KEY_ENCRYPT, cipherBits));
        }
        String what = type + " " + auth + " " + authBits + " " + cipher + " " + cipherBits;
        tried++;
        harness.ask(socket, SadbMessage.of(BaseHeader.of(MessageType.ADD, type, 1, 1), extensions));
        SecurityAssociation sa = harness.sa(type, DESTINATION, 0x1000);
        if (sa == null) {
            assertFalse(harness.refusals().isEmpty(), what + ": gone without a reason");
            return;
        }
        added++;
        carries(sa, what);
        harness.engine().sadb().remove(sa);
    }

    private static void carries(SecurityAssociation sa, String what) {
        SaContext context = requireNonNull(Contexts.of(sa), what + ": let in, and cannot be done");
        Transforms transforms = new Transforms(1);
        Packet packet = new Packet(Gateway.LONGEST);
        byte[] plain = Plain.udp(SOURCE, DESTINATION, 200);
        Arrays.fill(plain, 28, plain.length, (byte) 0); // so that compression has something to do
        packet.load(plain, 0, plain.length);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, context), what);
        assertEquals(Fate.DELIVERED, transforms.inbound(packet, context), what);
        byte[] arrived =
                Arrays.copyOfRange(
                        packet.bytes(), packet.start(), packet.start() + packet.length());
        assertArrayEquals(plain, arrived, what);
    }

    /** Odd parity in every byte, so that DES likes it, too. */
    private Extension.Key key(ExtensionType type, int bits) {
        byte[] bytes = new byte[(bits + 7) / 8];
        random.nextBytes(bytes);
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] ^= (byte) (Integer.bitCount(bytes[at] & 0xff) % 2 == 0 ? 1 : 0);
        }
        return new Extension.Key(type, bits, 0, KeyMaterial.of(bytes));
    }
}
