package org.keysock.kernel.engine.rfc2367;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** DUMP, RFC 2367 section 3.1.10. */
final class DumpTest {

    private static final SadbMessage DUMP = Scene.message(MessageType.DUMP, SaType.UNSPEC, 44);

    private final Scene scene = new Scene();

    private static List<Spi> spis(List<SadbMessage> messages) {
        return messages.stream().map(SadbMessage::sa).map(sa -> requireNonNull(sa).spi()).toList();
    }

    private static List<Integer> sequences(List<SadbMessage> messages) {
        return messages.stream().map(message -> message.header().sequence()).toList();
    }

    @Test
    void eachOnceToTheAskerTheLastNumberedZero() {
        for (int spi = 1; spi <= 3; spi++) {
            scene.succeeds(Scene.add(spi));
        }
        List<SadbMessage> heard = scene.harness.ask(scene.asker, DUMP);
        assertEquals(List.of(new Spi(1), new Spi(2), new Spi(3)), spis(heard));
        assertEquals(List.of(1, 2, 0), sequences(heard));
        SadbMessage got = scene.answer(Scene.get(2));
        assertEquals(got.extensions(), heard.get(1).extensions());
        assertEquals(SaType.ESP, heard.get(1).header().saType());
        assertEquals(Scene.PID, heard.get(1).header().pid());
        assertEquals(List.of(), scene.harness.heard(scene.bystander));
    }

    @Test
    void ofOneType() {
        scene.succeeds(Scene.add(1));
        scene.succeeds(Scene.ofType(Scene.getSpi(5, 5), SaType.AH));
        List<SadbMessage> heard =
                scene.harness.ask(scene.asker, Scene.message(MessageType.DUMP, SaType.AH, 44));
        assertEquals(List.of(new Spi(5)), spis(heard));
        assertEquals(List.of(0), sequences(heard));
    }

    @Test
    void nothingThere() {
        scene.refused(Errno.ENOENT, DUMP);
        scene.refused(Errno.EINVAL, Scene.message(MessageType.DUMP, SaType.unknown(44), 1));
    }

    @Test
    void oneAtATimeAndEndsAlthoughTheRestIsDeleted() {
        scene.harness.holdDumps();
        for (int spi = 1; spi <= 4; spi++) {
            scene.succeeds(Scene.add(spi));
        }
        assertEquals(List.of(), scene.harness.ask(scene.asker, DUMP));
        scene.refused(Errno.EBUSY, DUMP);
        scene.harness.drain(scene.asker, 1);
        List<SadbMessage> first = scene.harness.heard(scene.asker);
        assertEquals(List.of(new Spi(1)), spis(first));
        assertEquals(List.of(1), sequences(first));

        scene.succeeds(Scene.add(9)); // too late for this dump
        scene.harness.ask(scene.bystander, Scene.esp(MessageType.FLUSH, 4));
        scene.harness.heard(scene.asker);
        scene.harness.drain(scene.asker, 10);
        List<SadbMessage> rest = scene.harness.heard(scene.asker);
        assertEquals(List.of(new Spi(2)), spis(rest)); // it had been held back
        assertEquals(List.of(0), sequences(rest));
        assertEquals(Scene.authKey(), rest.get(0).key(ExtensionType.KEY_AUTH));

        scene.harness.heard(scene.bystander);
        scene.refused(Errno.ENOENT, DUMP); // no longer EBUSY
    }
}
