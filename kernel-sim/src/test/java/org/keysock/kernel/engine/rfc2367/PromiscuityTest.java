package org.keysock.kernel.engine.rfc2367;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension.Enclosed;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/** X_PROMISC, RFC 2367 section 3.1.11. */
final class PromiscuityTest {

    private static final SaType ON = SaType.unknown(1);

    private final Scene scene = new Scene();

    private static SadbMessage control(SaType saType) {
        return Scene.message(MessageType.X_PROMISC, saType, 1);
    }

    private static SadbMessage enclosed(SadbMessage message) {
        return SadbMessage.of(
                BaseHeader.of(MessageType.X_PROMISC, SaType.UNSPEC, 0, 0), new Enclosed(message));
    }

    private static SadbMessage data(int pid, SadbMessage message) {
        return SadbMessage.of(
                BaseHeader.of(MessageType.X_PROMISC, SaType.UNSPEC, pid, Scene.PID),
                new Enclosed(message));
    }

    @Test
    void allHearOfTheSwitch() {
        SadbMessage request = control(ON);
        scene.harness.ask(scene.asker, request);
        assertEquals(List.of(request), scene.harness.heard(scene.bystander));
        scene.harness.ask(scene.asker, control(SaType.UNSPEC));
        scene.harness.heard(scene.bystander);
        scene.harness.ask(scene.bystander, Scene.get(1));
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        scene.refused(Errno.EINVAL, control(SaType.ESP));
    }

    @Test
    void requestsAndAnswersAreShownEnclosed() {
        scene.harness.ask(scene.bystander, control(ON));
        scene.harness.heard(scene.bystander);
        scene.harness.heard(scene.asker);
        SadbMessage add = Scene.add(0x1000);
        SadbMessage told = scene.answer(add);
        assertEquals(
                List.of(enclosed(add), enclosed(told), told), scene.harness.heard(scene.bystander));
        SadbMessage got = scene.answer(Scene.get(0x1000));
        assertEquals(
                List.of(enclosed(Scene.get(0x1000)), enclosed(got)),
                scene.harness.heard(scene.bystander));
        SadbMessage no = scene.answer(Scene.get(0x9999));
        assertEquals(
                List.of(enclosed(Scene.get(0x9999)), enclosed(no)),
                scene.harness.heard(scene.bystander));
        SadbMessage dump = Scene.esp(MessageType.DUMP, 2);
        SadbMessage dumped = scene.answer(dump);
        assertEquals(
                List.of(enclosed(dump), enclosed(dumped)), scene.harness.heard(scene.bystander));
    }

    @Test
    void ownRequestsAreNotShown() {
        scene.harness.ask(scene.asker, control(ON));
        SadbMessage no = Scene.get(0x9999);
        assertEquals(
                List.of(Errno.OK, Errno.ESRCH),
                scene.harness.ask(scene.asker, no).stream()
                        .map(message -> message.header().errno())
                        .toList());
    }

    @Test
    void messageForOneProcessOrForAll() {
        KeySocket silent = scene.harness.open(DialectName.RFC2367);
        SadbMessage theirs = Scene.get(1).withHeader(Scene.get(1).header().withPid(77));
        scene.harness.ask(scene.bystander, theirs);
        SadbMessage nonsense = Scene.esp(MessageType.EXPIRE, 1);
        assertEquals(List.of(), scene.harness.ask(scene.asker, data(77, nonsense)));
        assertEquals(List.of(nonsense), scene.harness.heard(scene.bystander));
        assertEquals(List.of(), scene.harness.heard(silent));
        scene.refused(
                Errno.ESRCH, SadbMessage.of(data(78, nonsense).header(), new Enclosed(nonsense)));
        assertEquals(List.of(nonsense), scene.harness.ask(scene.asker, data(0, nonsense)));
        assertEquals(List.of(nonsense), scene.harness.heard(silent));
    }

    @Test
    void whatIsEnclosedIsShownInOneEnclosure() {
        KeySocket target = scene.harness.open(DialectName.RFC2367);
        SadbMessage theirs = Scene.get(1).withHeader(Scene.get(1).header().withPid(77));
        scene.harness.ask(target, theirs);
        scene.harness.ask(scene.bystander, control(ON));
        scene.harness.heard(scene.bystander);
        scene.harness.heard(target);
        SadbMessage inner = Scene.esp(MessageType.EXPIRE, 1);
        scene.harness.ask(scene.asker, data(77, inner));
        assertEquals(List.of(inner), scene.harness.heard(target));
        assertEquals(List.of(enclosed(inner)), scene.harness.heard(scene.bystander));
    }

    @Test
    void anExpireThatIsPassedOnIsShownAsEveryAnswer() {
        scene.harness.ask(scene.bystander, control(ON));
        scene.harness.heard(scene.bystander);
        scene.harness.heard(scene.asker);
        SadbMessage told =
                Scene.esp(
                        MessageType.EXPIRE,
                        8,
                        Scene.mature(5),
                        Scene.soft(1),
                        Scene.limit(ExtensionType.LIFETIME_CURRENT, 1),
                        Scene.src(),
                        Scene.dst());
        scene.answer(told);
        assertEquals(
                List.of(enclosed(told), enclosed(told), told),
                scene.harness.heard(scene.bystander));
    }
}
