package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** EXPIRE: section 8.11, for what the recorded dialogues do not show. */
final class ExpireTest {

    private final Scene scene = new Scene();

    private boolean use(long bytes) {
        return scene.harness
                .engine()
                .used(
                        requireNonNull(scene.harness.sa(SaType.ESP, Scene.THERE, 5)),
                        bytes,
                        1,
                        scene.harness.clock().now());
    }

    private long currentPackets(ExtensionType limit, SaState state) {
        List<SadbMessage> heard = scene.harness.heard(scene.asker);
        assertEquals(1, heard.size());
        SadbMessage expire = heard.get(0);
        assertTrue(expire.has(limit));
        assertFalse(expire.has(ExtensionType.KEY_AUTH));
        assertEquals(state, requireNonNull(expire.sa()).state());
        return requireNonNull(expire.lifetime(ExtensionType.LIFETIME_CURRENT)).allocations();
    }

    @Test
    void packetLimitsAreLookedAtBeforeCounting() {
        scene.register();
        scene.harness.ask(
                scene.asker,
                Scene.add(
                        5,
                        Scene.limit(ExtensionType.LIFETIME_HARD, 4, 0, 0),
                        Scene.limit(ExtensionType.LIFETIME_SOFT, 2, 0, 0)));
        assertTrue(use(28));
        assertTrue(use(28));
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        assertTrue(use(28));
        assertEquals(2, currentPackets(ExtensionType.LIFETIME_SOFT, SaState.DYING));
        assertTrue(use(28));
        assertFalse(use(28));
        assertEquals(4, currentPackets(ExtensionType.LIFETIME_HARD, SaState.DEAD));
        assertNull(scene.harness.sa(SaType.ESP, Scene.THERE, 5));
    }

    @Test
    void larvalSaEndsWithAHardExpire() {
        scene.register();
        scene.harness.ask(
                scene.asker,
                Scene.esp(
                        MessageType.GETSPI,
                        3,
                        Scene.src(),
                        Scene.dst(),
                        new Extension.SpiRange(new Spi(5), new Spi(5))));
        scene.harness.advance(29);
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        scene.harness.advance(1);
        SadbMessage expire = scene.harness.heard(scene.asker).get(0);
        assertEquals(
                Scene.limit(ExtensionType.LIFETIME_HARD, 0, 0, 30),
                expire.lifetime(ExtensionType.LIFETIME_HARD));
        assertFalse(expire.has(ExtensionType.ADDRESS_PROXY));
        assertEquals(List.of(), scene.harness.heard(scene.other)); // not registered
    }
}
