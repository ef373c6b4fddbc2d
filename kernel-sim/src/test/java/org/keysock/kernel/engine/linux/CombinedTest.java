package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** Combined algorithms, which that kernel's PF_KEY refuses: {@code linux.aead}. */
final class CombinedTest {

    private static final List<EncryptionAlgorithm> COMBINED =
            List.of(
                    EncryptionAlgorithm.AES_CCM_8,
                    EncryptionAlgorithm.AES_CCM_12,
                    EncryptionAlgorithm.AES_CCM_16,
                    EncryptionAlgorithm.AES_GCM_8,
                    EncryptionAlgorithm.AES_GCM_12,
                    EncryptionAlgorithm.AES_GCM_16,
                    EncryptionAlgorithm.CHACHA20_POLY1305);

    private static SadbMessage add(AuthAlgorithm auth, EncryptionAlgorithm cipher, int bytes) {
        return Scene.esp(
                MessageType.ADD,
                7,
                new Extension.Sa(new Spi(5), 32, SaState.MATURE, auth, cipher, SaFlags.NONE),
                Scene.src(),
                Scene.dst(),
                Scene.key(ExtensionType.KEY_ENCRYPT, bytes));
    }

    private static Errno errno(Scene scene, SadbMessage message) {
        return scene.harness.ask(scene.asker, message).get(0).header().errno();
    }

    private static List<EncryptionAlgorithm> offered(Scene scene) {
        Supported list =
                requireNonNull(
                        scene.register().find(ExtensionType.SUPPORTED_ENCRYPT, Supported.class));
        return list.algorithms().stream().map(each -> (EncryptionAlgorithm) each.code()).toList();
    }

    @Test
    void areNotThereUnlessSwitchedOn() {
        Scene scene = new Scene();
        for (EncryptionAlgorithm cipher : COMBINED) {
            assertEquals(Errno.ENOSYS, errno(scene, add(AuthAlgorithm.NONE, cipher, 20)));
            assertFalse(offered(new Scene()).contains(cipher));
        }
    }

    @Test
    void areOfferedWhenSwitchedOn() {
        assertTrue(offered(new Scene("linux.aead=on")).containsAll(COMBINED));
    }

    @ParameterizedTest
    @CsvSource({
        "AES_GCM_16, 20, 128, 32, 128",
        "AES_GCM_8, 36, 256, 32, 64",
        "AES_CCM_12, 27, 192, 24, 96",
        "CHACHA20_POLY1305, 36, 256, 32, 128"
    })
    void areTakenWithTheirSalt(String name, int bytes, int bits, int salt, int icv) {
        Scene scene = new Scene("linux.aead=on");
        EncryptionAlgorithm cipher =
                COMBINED.stream().filter(each -> each.toString().equals(name)).findFirst().get();
        assertEquals(Errno.OK, errno(scene, add(AuthAlgorithm.NONE, cipher, bytes)));
        SaSecrets secrets = requireNonNull(scene.harness.sa(SaType.ESP, Scene.THERE, 5)).secrets();
        assertEquals(
                List.of(bits, salt, icv),
                List.of(secrets.encryptBits(), secrets.saltBits(), secrets.icvBits()));
        SadbMessage shown = scene.harness.heard(scene.other).get(0);
        assertEquals(cipher, requireNonNull(shown.sa()).encrypt());
        assertEquals(8 * bytes, requireNonNull(shown.key(ExtensionType.KEY_ENCRYPT)).bits());
    }

    @Test
    void keyAndAuthenticationAreChecked() {
        Scene scene = new Scene("linux.aead=on");
        EncryptionAlgorithm gcm = EncryptionAlgorithm.AES_GCM_16;
        assertEquals(Errno.EINVAL, errno(scene, add(AuthAlgorithm.NONE, gcm, 16)));
        assertEquals(Errno.EINVAL, errno(scene, add(AuthAlgorithm.HMAC_SHA1, gcm, 20)));
    }
}
