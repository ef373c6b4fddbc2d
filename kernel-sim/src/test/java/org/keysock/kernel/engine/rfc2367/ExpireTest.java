package org.keysock.kernel.engine.rfc2367;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** EXPIRE, RFC 2367 section 3.1.8. */
final class ExpireTest {

    private final Scene scene = new Scene();

    private SecurityAssociation stored() {
        SecurityAssociation sa = scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000);
        assertNotNull(sa);
        return sa;
    }

    private boolean use(long bytes) {
        return scene.harness.engine().used(stored(), bytes, 1, scene.harness.clock().now());
    }

    private SadbMessage heardByAll() {
        List<SadbMessage> heard = scene.harness.heard(scene.asker);
        assertEquals(1, heard.size(), heard.toString());
        assertEquals(heard, scene.harness.heard(scene.bystander));
        return heard.get(0);
    }

    @Test
    void softThenHard() {
        scene.succeeds(Scene.add(0x1000, Scene.hard(4), Scene.soft(2)));
        scene.harness.advanceMillis(1999);
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        scene.harness.advanceMillis(1);
        SadbMessage soft = heardByAll();
        assertEquals(BaseHeader.of(MessageType.EXPIRE, SaType.ESP, 0, 0), soft.header());
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_SOFT,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST),
                Scene.parts(soft));
        assertEquals(SaState.DYING, requireNonNull(soft.sa()).state());
        assertEquals(SaState.DYING, stored().state());
        scene.harness.advance(2);
        SadbMessage hard = heardByAll();
        assertEquals(SaState.DEAD, requireNonNull(hard.sa()).state());
        assertTrue(hard.has(ExtensionType.LIFETIME_HARD));
        assertNull(scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000));
    }

    @Test
    void useTimeCountsFromTheFirstPacket() {
        scene.succeeds(
                Scene.add(0x1000, new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 0, 0, 3)));
        scene.harness.advance(100);
        assertTrue(use(1));
        scene.harness.advance(3);
        assertTrue(heardByAll().has(ExtensionType.LIFETIME_HARD));
    }

    @Test
    void bytes() {
        scene.succeeds(
                Scene.add(
                        0x1000,
                        new Extension.Lifetime(ExtensionType.LIFETIME_HARD, 0, 100, 0, 0),
                        new Extension.Lifetime(ExtensionType.LIFETIME_SOFT, 0, 50, 0, 0)));
        assertTrue(use(50));
        assertTrue(use(50));
        assertTrue(heardByAll().has(ExtensionType.LIFETIME_SOFT));
        assertFalse(use(50));
        Extension.Lifetime current =
                requireNonNull(heardByAll().lifetime(ExtensionType.LIFETIME_CURRENT));
        assertEquals(100, current.bytes());
        assertNull(scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000));
    }

    @Test
    void userSpaceProtocolTellsOfItsOwn() {
        SadbMessage told =
                Scene.esp(
                        MessageType.EXPIRE,
                        8,
                        Scene.mature(5),
                        Scene.soft(1),
                        Scene.limit(ExtensionType.LIFETIME_CURRENT, 1),
                        Scene.src(),
                        Scene.dst());
        assertEquals(told, scene.answer(told));
        assertEquals(List.of(told), scene.harness.heard(scene.bystander));
        scene.refused(Errno.EINVAL, told.without(ExtensionType.LIFETIME_SOFT));
        scene.refused(Errno.EINVAL, told.without(ExtensionType.LIFETIME_CURRENT));
    }
}
