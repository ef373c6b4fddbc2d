package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** Who hears of a failure: klips.md 2.2. */
class ErrorsTest {

    private final Scene scene = new Scene();

    /** What is wrong with the frame fails the send and is told to nobody. */
    @ParameterizedTest
    @CsvSource({
        "'', EMSGSIZE",
        "020900000200000001000000db0300, EMSGSIZE",
        "03090000 02000000 01000000 db030000, EINVAL",
        "02090000 03000000 01000000 db030000, EMSGSIZE",
        "02090000 02000100 01000000 db030000, EINVAL",
        "02000000 02000000 01000000 db030000, EINVAL",
        "02120000 02000000 01000000 db030000, EINVAL"
    })
    void aBadFrameFailsTheSendAlone(String hex, String errno) {
        List<SadbMessage> heard = scene.harness.ask(scene.asker, Scene.read(hex));
        assertEquals(List.of(), heard);
        assertEquals(List.of(), scene.harness.heard(scene.other));
        List<Errno> failures = scene.harness.sendFailures(scene.asker);
        assertEquals(1, failures.size());
        assertEquals(errno, failures.get(0).toString());
    }

    /** What the parser refuses is told to all, as it came but for errno and length. */
    @ParameterizedTest
    @CsvSource({
        "020c000c 02000000 01000000 db030000, 020c160c02000000 01000000 db030000",
        "02030000 02000000 05000000 db030000, 0203160002000000 05000000 db030000",
        "02070000 02000000 01000000 00000000, 0207160002000000 01000000 00000000",
        "02091603 02000000 01000000 db030000, 0209160302000000 01000000 db030000",
        "020b0000 02000000 01000000 db030000, 020b160002000000 01000000 db030000",
        "020c0000 02000000 01000000 db030000, 020c160002000000 01000000 db030000",
        "02040003 02000000 01000000 db030000, 0204160302000000 01000000 db030000"
    })
    void aBadMessageIsToldToAllAndFailsTheSend(String hex, String answer) {
        List<SadbMessage> heard = scene.harness.ask(scene.asker, Scene.read(hex));
        assertEquals(1, heard.size());
        assertEquals(Scene.compact(answer), Scene.hex(heard.get(0)));
        assertEquals(heard, scene.harness.heard(scene.other));
        assertEquals(List.of(Errno.EINVAL), scene.harness.sendFailures(scene.asker));
        assertEquals(List.of(), scene.harness.sendFailures(scene.other));
        assertEquals(List.of(), scene.harness.heard(scene.linux));
    }

    @Test
    void otherDialectsErrorsAreNotHeard() {
        scene.harness.ask(scene.linux, Scene.ask(MessageType.X_SPDGET, SaType.UNSPEC));
        assertEquals(List.of(), scene.harness.heard(scene.asker));
    }

    @Test
    void theYoungestHearsFirst() {
        KeySocket young = scene.harness.open(DialectName.KLIPS);
        scene.refused(Errno.ENOSYS, Scene.ask(MessageType.DUMP, SaType.UNSPEC));
        assertEquals(List.of(MessageType.DUMP), scene.types(young));
        assertEquals(List.of(young, scene.other, scene.asker), scene.harness.lastReceivers(3));
    }
}
