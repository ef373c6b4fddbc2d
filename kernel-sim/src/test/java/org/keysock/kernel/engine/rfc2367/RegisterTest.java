package org.keysock.kernel.engine.rfc2367;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Supported;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** REGISTER, RFC 2367 section 3.1.7. */
final class RegisterTest {

    private final Scene scene = new Scene();

    private static SadbMessage register(SaType saType) {
        return Scene.message(MessageType.REGISTER, saType, 2);
    }

    @Test
    void registeredSocketsHearTheAlgorithms() {
        SadbMessage answer = scene.answer(register(SaType.ESP));
        assertEquals(register(SaType.ESP).header(), answer.header());
        assertEquals(
                List.of(ExtensionType.SUPPORTED_AUTH, ExtensionType.SUPPORTED_ENCRYPT),
                Scene.parts(answer));
        Supported ciphers =
                requireNonNull(answer.find(ExtensionType.SUPPORTED_ENCRYPT, Supported.class));
        assertTrue(
                ciphers.algorithms().stream()
                        .anyMatch(row -> row.code() == EncryptionAlgorithm.AES_CBC));
        assertEquals(List.of(), scene.harness.heard(scene.bystander));
        SadbMessage again = scene.harness.ask(scene.bystander, register(SaType.ESP)).get(0);
        assertEquals(List.of(again), scene.harness.heard(scene.asker));
        assertEquals(
                List.of(ExtensionType.SUPPORTED_AUTH),
                Scene.parts(scene.answer(register(SaType.AH))));
    }

    @Test
    void twiceIsRefusedAndUnspecRegistersNothing() {
        scene.succeeds(register(SaType.AH));
        scene.refused(Errno.EEXIST, register(SaType.AH));
        scene.succeeds(register(SaType.UNSPEC));
        assertFalse(scene.asker.registered().contains(SaType.UNSPEC));
        scene.refused(Errno.EINVAL, register(SaType.unknown(90)));
    }

    @Test
    void newsOfAlgorithmsComeUnasked() {
        scene.succeeds(register(SaType.ESP));
        scene.harness.engine().algorithmsChanged(SaType.ESP);
        List<SadbMessage> heard = scene.harness.heard(scene.asker);
        assertEquals(1, heard.size());
        assertEquals(0, heard.get(0).header().pid());
        assertEquals(List.of(), scene.harness.heard(scene.bystander));
    }
}
