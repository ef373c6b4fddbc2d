package org.keysock.kernel.engine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** ACQUIRE: section 8.10. */
final class AcquireTest {

    private final Scene scene = new Scene();

    private @Nullable Acquire need() {
        return scene.harness
                .engine()
                .needSa(
                        new Flow(Scene.HERE, Scene.THERE, 17, 4000, 53),
                        Demand.transport(SaType.ESP),
                        scene.harness.clock().now());
    }

    @Test
    void whoeverIsRegisteredForAnythingIsAsked() {
        assertNull(need());
        scene.harness.ask(
                scene.other,
                SadbMessage.of(BaseHeader.of(MessageType.REGISTER, SaType.AH, 1, Scene.PID)));
        scene.harness.heard(scene.other);
        Acquire wanted = need();
        assertNotNull(wanted);
        assertEquals(
                List.of(
                        SadbMessage.of(
                                BaseHeader.of(MessageType.ACQUIRE, SaType.ESP, wanted.number(), 0),
                                Scene.src(),
                                Scene.dst(),
                                new Policy(2, 2, 0, 0, List.of()),
                                new Proposal(32, List.of()))),
                scene.harness.heard(scene.other));
        assertEquals(List.of(), scene.harness.heard(scene.asker));
    }

    @Test
    void anSaThatFitsEndsTheWaitWhateverItsSequence() {
        scene.register();
        Acquire wanted = need();
        assertNotNull(wanted);
        scene.harness.ask(scene.asker, Scene.add(5));
        assertNull(scene.harness.engine().acquires().find(wanted.number()));
    }

    @Test
    void fromAKeyManager() {
        SadbMessage base = Scene.esp(MessageType.ACQUIRE, 99);
        SadbMessage failed =
                SadbMessage.of(base.header().refused(Errno.ETIMEDOUT, Diagnostic.NONE));
        assertEquals(List.of(), scene.harness.ask(scene.asker, failed));
        assertEquals(List.of(), scene.harness.ask(scene.asker, base));
        assertEquals(
                Errno.EOPNOTSUPP,
                scene.harness
                        .ask(scene.asker, Scene.esp(MessageType.ACQUIRE, 99, Scene.src()))
                        .get(0)
                        .header()
                        .errno());
    }
}
