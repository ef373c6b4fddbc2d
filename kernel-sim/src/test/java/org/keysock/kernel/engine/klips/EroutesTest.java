package org.keysock.kernel.engine.klips;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.sadb.TunnelPolicy;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.Policy;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Spd;
import org.keysock.kernel.transform.FlowPath;
import org.keysock.kernel.transform.PathFinder;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;

/** Eroutes as policies: klips.md 3.10, 3.14 to 3.16. */
class EroutesTest {

    private static final int HOLD = 259;
    private static final int TRAP = 260;
    private static final int TRAP_SUBNET = 261;
    private static final Ipv4Address FROM = Ipv4Address.of(192, 0, 2, 1);
    private static final Ipv4Address TO = Ipv4Address.of(192, 0, 1, 1);

    private final Scene scene = new Scene();
    private final Spd spd = scene.harness.engine().spd();
    private final PathFinder paths = new PathFinder(spd, scene.harness.engine().sadb(), 16);

    private static Flow flow(int protocol, int port) {
        return new Flow(FROM, TO, protocol, 1024, port);
    }

    private FlowPath path() {
        return paths.path(flow(6, 80), PolicyDirection.OUT);
    }

    /** A packet leaves, as the packet path has it. */
    private @Nullable Acquire send() {
        var now = scene.harness.clock().now();
        FlowPath path =
                paths.take(flow(6, 80), PolicyDirection.OUT, now.wallSeconds(), now.millis());
        Acquire first = null;
        for (FlowPath.Missing missing : path.missing()) {
            Demand demand = Demand.of(requireNonNull(path.policy()), missing.template());
            first = scene.harness.engine().needSa(missing.flow(), demand, now);
        }
        return first;
    }

    private Policy only() {
        assertEquals(1, spd.size());
        return spd.newestFirst().get(0);
    }

    private static SadbMessage deleteFlow(int bits) {
        SadbMessage whole =
                Scene.flow(MessageType.X_DELFLOW, SaType.UNSPEC, Scene.flagged(0), bits);
        return whole.without(ExtensionType.SA);
    }

    @Test
    void aTargetIsFollowedOutward() {
        scene.told(Scene.addFlow(SaType.X_IPIP, 0x1000));
        assertTrue(path().drops());
        scene.told(Scene.add(SaType.X_IPIP, 0x1000));
        assertEquals(List.of(scene.find(SaType.X_IPIP, 0x1000)), path().sas());
        scene.told(Scene.add(SaType.ESP, 0x1000));
        scene.told(Scene.group(SaType.X_IPIP, 0x1000, SaType.ESP, 0x1000));
        assertEquals(2, path().sas().size());
        assertFalse(path().drops());
        scene.told(Scene.ungroup(SaType.ESP, 0x1000));
        assertEquals(1, path().sas().size());
        scene.told(Scene.named(MessageType.DELETE, SaType.X_IPIP, 0x1000));
        assertTrue(path().drops());
    }

    @ParameterizedTest
    @CsvSource({
        "256, NONE, false",
        "257, DISCARD, true",
        "258, REJECT, true",
        "259, HOLD, false",
        "260, TRAP, false",
        "261, TRAP_SUBNET, false",
        "262, DISCARD, true"
    })
    void magicTargets(int spi, Action action, boolean drops) {
        scene.told(Scene.addFlow(SaType.X_INT, spi));
        assertEquals(action, only().action());
        assertEquals(drops, path().drops());
        assertEquals(action == Action.TRAP || action == Action.TRAP_SUBNET, path().waits());
    }

    @Test
    void theReplyHasNoPortsAndNoProtocol() {
        SadbMessage request =
                Scene.flow(
                        MessageType.X_ADDFLOW,
                        SaType.ESP,
                        Scene.flagged(0x1000),
                        24,
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST));
        List<Extension> parts = new ArrayList<>();
        for (Extension part : request.extensions()) {
            parts.add(
                    part.type() == ExtensionType.X_ADDRESS_SRC_FLOW
                            ? new Address(
                                    part.type(),
                                    0,
                                    0,
                                    Sockaddr.of(Ipv4Address.of(192, 0, 2, 0), 80))
                            : part.type() == ExtensionType.X_ADDRESS_SRC_MASK
                                    ? new Address(
                                            part.type(),
                                            0,
                                            0,
                                            Sockaddr.of(Ipv4Address.of(255, 255, 255, 0), 0xffff))
                                    : part);
        }
        parts.add(new KlipsExtension.Protocol(6, 0));
        SadbMessage reply = scene.told(SadbMessage.of(request.header(), parts));
        assertEquals(
                request.without(ExtensionType.SA).extensions(),
                reply.without(ExtensionType.SA).extensions());
        assertEquals(0, Scene.sa(reply).reference());
        assertEquals(6, only().selector().protocol());
        assertEquals(80, only().selector().sourcePort());
        assertEquals(0, only().selector().destinationPort());
    }

    @Test
    void replacingKeepsTheNumberAndCountsAnew() {
        scene.told(Scene.addFlow(SaType.X_INT, 256));
        send();
        send();
        assertEquals(2, only().packets());
        int id = only().id();
        scene.told(Scene.addFlow(SaType.X_INT, 257, SaFlag.X_REPLACEFLOW));
        assertEquals(Action.DISCARD, only().action());
        assertEquals(0, only().packets());
        assertEquals(id, only().id());
        SadbMessage reply = scene.told(deleteFlow(24));
        assertEquals(deleteFlow(24), reply);
        assertEquals(0, spd.size());
    }

    @Test
    void clearingLeavesThePoliciesOfOthers() {
        scene.harness.ask(scene.linux, linuxPolicy(MessageType.X_SPDADD, 2));
        scene.told(Scene.addFlow(SaType.X_INT, 256));
        scene.told(
                Scene.flow(
                        MessageType.X_ADDFLOW,
                        SaType.X_INT,
                        Scene.flagged(256),
                        16,
                        Scene.dst(Scene.EAST)));
        scene.harness.heard(scene.linux);
        SadbMessage clear =
                Scene.ask(
                        MessageType.X_DELFLOW, SaType.UNSPEC, Scene.flagged(0, SaFlag.X_CLEARFLOW));
        SadbMessage reply = scene.told(clear);
        assertEquals(1, reply.size());
        assertTrue(Scene.sa(reply).flags().has(SaFlag.X_CLEARFLOW));
        assertEquals(1, spd.size());
        assertEquals(
                List.of(MessageType.X_SPDDELETE, MessageType.X_SPDDELETE),
                scene.types(scene.linux));
    }

    private static SadbMessage linuxPolicy(MessageType type, int policyType) {
        return Scene.ask(
                type,
                SaType.UNSPEC,
                new Address(
                        ExtensionType.ADDRESS_SRC,
                        255,
                        16,
                        Sockaddr.of(Ipv4Address.of(10, 1, 0, 0), 0)),
                new Address(
                        ExtensionType.ADDRESS_DST,
                        255,
                        16,
                        Sockaddr.of(Ipv4Address.of(10, 2, 0, 0), 0)),
                new KameExtension.Policy(policyType, 2, 0, 0, List.of()));
    }

    @Test
    void aTunnelIsToldWhomItLetsIn() {
        scene.told(Scene.add(SaType.X_IPIP, 0x1000));
        scene.told(Scene.add(SaType.ESP, 0x1000));
        scene.told(Scene.group(SaType.X_IPIP, 0x1000, SaType.ESP, 0x1000));
        scene.told(Scene.addFlow(SaType.ESP, 0x1000, SaFlag.X_INFLOW));
        SecurityAssociation tunnel = scene.find(SaType.X_IPIP, 0x1000);
        assertEquals(
                new TunnelPolicy(
                        Ipv4Address.of(192, 0, 2, 0), 24, Ipv4Address.of(192, 0, 1, 0), 24),
                tunnel.details().tunnelPolicy());
        assertTrue(tunnel.flags().has(SaFlag.X_INFLOW));
        assertEquals(0, spd.size());
        SadbMessage changed =
                scene.told(Scene.as(MessageType.UPDATE, Scene.add(SaType.X_IPIP, 0x1000)));
        assertTrue(Scene.sa(changed).flags().has(SaFlag.X_INFLOW));
        assertNotNull(scene.find(SaType.X_IPIP, 0x1000).details().tunnelPolicy());
    }

    @Test
    void nobodyRegisteredNobodyAskedNothingHeld() {
        scene.told(Scene.addFlow(SaType.X_INT, TRAP));
        assertNull(send());
        assertEquals(TRAP, requireNonNull(only().target()).spi().value());
        assertEquals(1, only().packets());
    }

    @Test
    void aTrapAsksOnceAndHoldsTheTwoHosts() {
        scene.told(Scene.addFlow(SaType.X_INT, TRAP));
        scene.succeed(Scene.ask(MessageType.REGISTER, SaType.ESP));
        scene.harness.heard(scene.other);
        assertNotNull(send());
        SadbMessage acquire = scene.harness.heard(scene.asker).get(0);
        assertEquals(29, Scene.hex(acquire).length() / 16);
        assertEquals(
                Scene.compact(
                        "02060003 1d000000 01000000 00000000"
                                + "03000500 00000000 02000000 c0000201 00000000 00000000"
                                + "03000600 00000000 02000000 c0000101 00000000 00000000"
                                + "15000d00 40000000 02030100 80008000 a800a800 00000000"),
                Scene.hex(acquire).substring(0, 2 * (16 + 24 + 24 + 24)));
        assertEquals(List.of(), scene.harness.heard(scene.other));
        assertEquals(2, spd.size());
        Policy hold = requireNonNull(path().policy());
        assertEquals(Action.HOLD, hold.action());
        assertEquals(32, hold.selector().sourcePrefix());
        assertEquals(HOLD, requireNonNull(hold.target()).spi().value());
        assertNull(send());
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        assertEquals(1, hold.packets());
    }

    @Test
    void aSubnetsTrapHoldsItself() {
        scene.told(Scene.addFlow(SaType.X_INT, TRAP_SUBNET));
        scene.succeed(Scene.ask(MessageType.REGISTER, SaType.ESP));
        assertNotNull(send());
        assertEquals(Action.HOLD, only().action());
        assertEquals(24, only().selector().sourcePrefix());
    }

    /** What Linux can say of them. */
    @Test
    void linuxSeesThem() {
        scene.told(Scene.add(SaType.X_IPIP, 0x1000));
        scene.told(Scene.add(SaType.X_IPCOMP, 0x1000));
        scene.told(Scene.add(SaType.ESP, 0x1000));
        scene.told(Scene.group(SaType.X_IPIP, 0x1000, SaType.X_IPCOMP, 0x1000));
        scene.told(Scene.group(SaType.X_IPCOMP, 0x1000, SaType.ESP, 0x1000));
        scene.harness.heard(scene.linux);
        scene.told(Scene.addFlow(SaType.X_IPIP, 0x1000));
        List<SadbMessage> heard = scene.harness.heard(scene.linux);
        assertEquals(MessageType.X_SPDADD, heard.get(0).type());
        assertEquals(
                List.of(
                        new KameExtension.Policy.Request(
                                108,
                                2,
                                2,
                                0,
                                Sockaddr.of(Scene.WEST, 0),
                                Sockaddr.of(Scene.EAST, 0)),
                        new KameExtension.Policy.Request(50, 1, 2, 0, null, null)),
                policy(heard.get(0)).requests());
        scene.told(Scene.addFlow(SaType.X_INT, 257, SaFlag.X_REPLACEFLOW));
        List<SadbMessage> dump =
                scene.harness.ask(scene.linux, Scene.ask(MessageType.X_SPDDUMP, SaType.UNSPEC));
        assertEquals(MessageType.X_SPDUPDATE, dump.get(0).type());
        assertEquals(0, policy(dump.get(1)).policyType());
        scene.harness.heard(scene.asker);
        scene.harness.ask(scene.linux, Scene.ask(MessageType.X_SPDFLUSH, SaType.UNSPEC));
        assertEquals(0, spd.size());
        assertEquals(List.of(), scene.harness.heard(scene.asker));
    }

    private static KameExtension.Policy policy(SadbMessage message) {
        return requireNonNull(message.find(ExtensionType.X_POLICY, KameExtension.Policy.class));
    }
}
