package org.keysock.kernel.engine.rfc2367;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.ScriptedRules;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/** ACQUIRE, RFC 2367 section 3.1.6, in all its directions. */
final class AcquireTest {

    private final Scene scene = new Scene();

    private void register() {
        scene.succeeds(Scene.message(MessageType.REGISTER, SaType.ESP, 1));
    }

    private @Nullable Acquire need() {
        return scene.harness
                .engine()
                .needSa(
                        new Flow(Scene.HERE, Scene.THERE, 17, 4000, 53),
                        Demand.transport(SaType.ESP),
                        scene.harness.clock().now());
    }

    private static SadbMessage fromUser() {
        return Scene.esp(
                MessageType.ACQUIRE, 6, Scene.src(), Scene.dst(), Proposals.of(SaType.ESP));
    }

    @Test
    void registeredSocketsAreAskedOnce() {
        assertNull(need());
        register();
        Acquire wanted = need();
        assertNotNull(wanted);
        assertEquals(wanted, need());
        List<SadbMessage> heard = scene.harness.heard(scene.asker);
        assertEquals(1, heard.size());
        SadbMessage acquire = heard.get(0);
        assertEquals(wanted.number(), acquire.header().sequence());
        assertEquals(0, acquire.header().pid());
        assertEquals(
                List.of(
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST,
                        ExtensionType.PROPOSAL),
                Scene.parts(acquire));
        assertEquals(List.of(), scene.harness.heard(scene.bystander));
    }

    @Test
    void proposalKeepsTheRfcsRuleOfBits() {
        for (SaType saType : List.of(SaType.ESP, SaType.AH)) {
            Proposal proposal = Proposals.of(saType);
            assertTrue(proposal.combinations().size() > 2);
            for (Proposal.Combination each : proposal.combinations()) {
                boolean none = each.auth() == AuthAlgorithm.NONE;
                assertEquals(none, each.authMinBits() == 0 && each.authMaxBits() == 0);
                assertTrue(each.authMinBits() <= each.authMaxBits());
                assertTrue(each.encryptMinBits() <= each.encryptMaxBits());
            }
        }
    }

    @Test
    void keyManagerGivesUp() {
        register();
        Acquire wanted = need();
        assertNotNull(wanted);
        scene.harness.heard(scene.asker);
        SadbMessage failed =
                SadbMessage.of(
                        Scene.esp(MessageType.ACQUIRE, wanted.number())
                                .header()
                                .refused(Errno.ETIMEDOUT, Diagnostic.NONE));
        assertEquals(List.of(), scene.harness.ask(scene.asker, failed));
        assertNull(scene.harness.engine().acquires().find(wanted.number()));
        assertEquals(List.of(), scene.harness.ask(scene.asker, failed)); // unknown by now
    }

    @Test
    void addWithItsSequenceAnswers() {
        register();
        Acquire wanted = need();
        assertNotNull(wanted);
        SadbMessage add = Scene.add(0x1000);
        scene.harness.ask(scene.asker, add.withHeader(add.header().withSequence(wanted.number())));
        assertNull(scene.harness.engine().acquires().find(wanted.number()));
    }

    @Test
    void waitEnds() {
        register();
        Acquire wanted = need();
        assertNotNull(wanted);
        scene.harness.advance(30);
        assertNull(scene.harness.engine().acquires().find(wanted.number()));
    }

    @Test
    void userSpaceProtocolAsks() {
        scene.refused(Errno.EPROTONOSUPPORT, fromUser());
        scene.harness.ask(scene.bystander, Scene.message(MessageType.REGISTER, SaType.ESP, 1));
        scene.harness.heard(scene.bystander);
        assertEquals(List.of(), scene.harness.ask(scene.asker, fromUser()));
        assertEquals(List.of(fromUser()), scene.harness.heard(scene.bystander));
        scene.refused(Errno.EINVAL, fromUser().without(ExtensionType.PROPOSAL));
        scene.refused(Errno.EINVAL, fromUser().without(ExtensionType.ADDRESS_SRC));
    }

    @Test
    void theAddressesAreThePackets() {
        register();
        assertNotNull(need());
        SadbMessage acquire = scene.harness.heard(scene.asker).get(0);
        assertEquals(
                new Extension.Address(
                        ExtensionType.ADDRESS_SRC, 17, 32, Sockaddr.of(Scene.HERE, 4000)),
                acquire.address(ExtensionType.ADDRESS_SRC));
        assertEquals(
                new Extension.Address(
                        ExtensionType.ADDRESS_DST, 17, 32, Sockaddr.of(Scene.THERE, 53)),
                acquire.address(ExtensionType.ADDRESS_DST));
    }

    @Test
    void packetsOfOtherPortsWaitForTheSameSa() {
        register();
        Acquire wanted = need();
        assertEquals(
                wanted,
                scene.harness
                        .engine()
                        .needSa(
                                new Flow(Scene.HERE, Scene.THERE, 17, 4001, 53),
                                Demand.transport(SaType.ESP),
                                scene.harness.clock().now()));
    }

    @Test
    void whoIsRegisteredInAnotherDialectDoesNotHearIt() {
        Harness both =
                new Harness(
                        Map.of(
                                DialectName.RFC2367,
                                new Rfc2367Rules(),
                                DialectName.LINUX,
                                new ScriptedRules()),
                        List.of(Scene.HERE));
        both.open(DialectName.LINUX).registered().add(SaType.ESP);
        List<SadbMessage> answer = both.ask(both.open(DialectName.RFC2367), fromUser());
        assertEquals(Errno.EPROTONOSUPPORT, answer.get(0).header().errno());
    }
}
