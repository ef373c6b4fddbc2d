package org.keysock.kernel.engine.rfc2367;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** DELETE, RFC 2367 section 3.1.4. */
final class DeleteTest {

    private final Scene scene = new Scene();

    private static SadbMessage delete(Extension... extensions) {
        return Scene.esp(MessageType.DELETE, 3, extensions);
    }

    @Test
    void allHearOfIt() {
        scene.succeeds(Scene.add(0x1000));
        SadbMessage request = delete(Scene.named(0x1000), Scene.src(), Scene.dst());
        assertEquals(request, scene.answer(request));
        assertEquals(List.of(request), scene.harness.heard(scene.bystander));
        assertNull(scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000));
        scene.refused(Errno.ESRCH, request);
    }

    @Test
    void sourceDoesNotCount() {
        scene.succeeds(Scene.add(0x1000));
        Ipv4Address other = Ipv4Address.of(192, 0, 2, 1);
        scene.succeeds(
                delete(
                        Scene.named(0x1000),
                        Scene.end(ExtensionType.ADDRESS_SRC, other),
                        Scene.dst()));
    }

    @Test
    void badRequests() {
        scene.succeeds(Scene.add(0x1000));
        scene.refused(Errno.EINVAL, delete(Scene.src(), Scene.dst()));
        scene.refused(Errno.EINVAL, delete(Scene.named(0x1000), Scene.dst()));
        scene.refused(Errno.EINVAL, delete(Scene.named(0x1000), Scene.src()));
        scene.refused(
                Errno.EINVAL,
                delete(Scene.named(0x1000), Scene.src(), Scene.dst(), Scene.authKey()));
        scene.refused(
                Errno.ESRCH,
                Scene.ofType(delete(Scene.named(0x1000), Scene.src(), Scene.dst()), SaType.AH));
    }
}
