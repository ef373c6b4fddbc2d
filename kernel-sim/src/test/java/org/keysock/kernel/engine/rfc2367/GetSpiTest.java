package org.keysock.kernel.engine.rfc2367;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** GETSPI, RFC 2367 section 3.1.1. */
final class GetSpiTest {

    private final Scene scene = new Scene();

    @Test
    void allHearOfTheLarvalSa() {
        SadbMessage request = Scene.getSpi(0x1000, 0x1fff);
        SadbMessage answer = scene.answer(request);
        assertEquals(
                List.of(ExtensionType.SA, ExtensionType.ADDRESS_SRC, ExtensionType.ADDRESS_DST),
                Scene.parts(answer));
        assertEquals(request.header(), answer.header());
        Spi spi = requireNonNull(answer.sa()).spi();
        assertTrue(spi.value() >= 0x1000 && spi.value() <= 0x1fff, spi.toString());
        assertEquals(List.of(answer), scene.harness.heard(scene.bystander));
        assertEquals(
                SaState.LARVAL,
                requireNonNull(scene.harness.sa(SaType.ESP, Scene.THERE, spi.value())).state());
    }

    @Test
    void rangeRunsFull() {
        Set<Spi> drawn = new HashSet<>();
        for (int count = 0; count < 3; count++) {
            drawn.add(requireNonNull(scene.answer(Scene.getSpi(0x100, 0x102)).sa()).spi());
        }
        assertEquals(Set.of(new Spi(0x100), new Spi(0x101), new Spi(0x102)), drawn);
        scene.harness.heard(scene.bystander);
        scene.refused(Errno.EEXIST, Scene.getSpi(0x100, 0x102));
        scene.refused(Errno.EEXIST, Scene.getSpi(0x101, 0x101));
        // another protocol has SPIs of its own
        scene.succeeds(Scene.ofType(Scene.getSpi(0x101, 0x101), SaType.AH));
    }

    @Test
    void zeroIsNoSpi() {
        scene.refused(Errno.EEXIST, Scene.getSpi(0, 0));
    }

    @Test
    void badRequests() {
        scene.refused(Errno.EINVAL, Scene.getSpi(2000, 1000));
        for (ExtensionType type :
                List.of(
                        ExtensionType.SPIRANGE,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST)) {
            scene.refused(Errno.EINVAL, Scene.getSpi(1000, 2000).without(type));
        }
        scene.refused(Errno.EINVAL, Scene.with(Scene.getSpi(1000, 2000), Scene.mature(1)));
        scene.refused(Errno.EINVAL, Scene.ofType(Scene.getSpi(1, 2), SaType.UNSPEC));
    }

    @Test
    void larvalSaLivesThirtySecondsAndGoesInSilence() {
        scene.succeeds(Scene.getSpi(0x1000, 0x1000));
        scene.harness.advanceMillis(29_999);
        assertNotNull(scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000));
        scene.harness.advanceMillis(1);
        assertNull(scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000));
        assertEquals(List.of(), scene.harness.heard(scene.asker));
    }
}
