package org.keysock.kernel.engine.rfc2367;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SadbMessage;

/** GET, RFC 2367 section 3.1.5. */
final class GetTest {

    private final Scene scene = new Scene();

    @Test
    void theAskerAloneHearsAllOfIt() {
        Extension.Address proxy = Scene.end(ExtensionType.ADDRESS_PROXY, Scene.HERE);
        Extension.Sensitivity label =
                new Extension.Sensitivity(
                        ExtensionType.SENSITIVITY, 1, 2, 3, 0, List.of(4L), List.of());
        scene.succeeds(Scene.add(0x1000, Scene.hard(100), proxy, label));
        SadbMessage request = Scene.get(0x1000);
        assertEquals(
                SadbMessage.of(
                        request.header(),
                        Scene.mature(0x1000),
                        Scene.hard(100),
                        new Extension.Lifetime(
                                ExtensionType.LIFETIME_CURRENT,
                                0,
                                0,
                                VirtualClock.DEFAULT_START,
                                0),
                        Scene.src(),
                        Scene.dst(),
                        proxy,
                        Scene.authKey(),
                        Scene.cipherKey(),
                        label),
                scene.answer(request));
        assertEquals(List.of(), scene.harness.heard(scene.bystander));
    }

    @Test
    void notThere() {
        scene.refused(Errno.ESRCH, Scene.get(0x1000));
        scene.refused(Errno.EINVAL, Scene.get(0x1000).without(ExtensionType.SA));
    }
}
