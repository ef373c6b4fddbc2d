package org.keysock.kernel.engine.rfc2367;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** FLUSH, RFC 2367 section 3.1.9. */
final class FlushTest {

    private final Scene scene = new Scene();

    @Test
    void allHearOfIt() {
        scene.succeeds(Scene.add(1));
        scene.succeeds(Scene.getSpi(5, 5));
        scene.succeeds(Scene.ofType(Scene.getSpi(5, 5), SaType.AH));
        SadbMessage flush = Scene.esp(MessageType.FLUSH, 4);
        assertEquals(flush, scene.answer(flush));
        assertEquals(List.of(flush), scene.harness.heard(scene.bystander));
        assertEquals(1, scene.harness.engine().sadb().size());
        scene.succeeds(Scene.message(MessageType.FLUSH, SaType.UNSPEC, 4));
        assertEquals(0, scene.harness.engine().sadb().size());
    }

    @Test
    void badRequests() {
        scene.refused(Errno.EINVAL, Scene.message(MessageType.FLUSH, SaType.unknown(33), 4));
        scene.refused(Errno.EINVAL, Scene.esp(MessageType.FLUSH, 4, Scene.src()));
    }
}
