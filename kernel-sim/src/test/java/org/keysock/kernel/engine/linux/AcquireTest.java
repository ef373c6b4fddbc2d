package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.Demand;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Flow;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Proposal;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension.NatTPort;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KameExtension.Policy;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

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

    private SadbMessage getSpi(int sequence, int spi) {
        return scene.harness
                .ask(
                        scene.asker,
                        Scene.esp(
                                MessageType.GETSPI,
                                sequence,
                                Scene.src(),
                                Scene.dst(),
                                new Extension.SpiRange(new Spi(spi), new Spi(spi))))
                .get(0);
    }

    private List<SadbMessage> dump() {
        return scene.harness.ask(
                scene.asker,
                SadbMessage.of(BaseHeader.of(MessageType.DUMP, SaType.UNSPEC, 1, Scene.PID)));
    }

    private static List<Integer> spis(List<SadbMessage> shown) {
        return shown.stream().map(each -> requireNonNull(each.sa()).spi().value()).toList();
    }

    @Test
    void getSpiTakesTheWaitingEntryOverAndItsTime() {
        scene.register();
        Acquire wanted = need();
        assertNotNull(wanted);
        scene.harness.heard(scene.asker);
        scene.harness.advance(10);
        assertEquals(List.of(0), spis(dump()));
        getSpi(wanted.number(), 0x1000);
        assertEquals(List.of(0x1000), spis(dump()));
        assertEquals(wanted, need()); // nobody is asked again
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        getSpi(wanted.number(), 0x1001);
        assertEquals(List.of(0x1001, 0x1000), spis(dump()));
        scene.harness.advance(20);
        assertEquals(
                List.of(MessageType.EXPIRE),
                scene.harness.heard(scene.asker).stream().map(SadbMessage::type).toList());
        assertEquals(List.of(0x1001), spis(dump()));
    }

    @Test
    void whoGivesUpIsNotAskedAgainUntilTheWaitIsOver() {
        scene.register();
        Acquire wanted = need();
        assertNotNull(wanted);
        scene.harness.heard(scene.asker);
        SadbMessage base = Scene.esp(MessageType.ACQUIRE, wanted.number());
        scene.harness.ask(
                scene.asker, SadbMessage.of(base.header().refused(Errno.ENOENT, Diagnostic.NONE)));
        assertNull(need());
        SadbMessage shown = dump().get(0);
        assertEquals(SaState.DEAD, requireNonNull(shown.sa()).state());
        scene.harness.advance(30);
        assertEquals(List.of(0), spis(scene.harness.heard(scene.asker)));
        assertNotNull(need());
    }

    /** As any larval SA: section 8.11. */
    @Test
    void oneThatNobodyAnswersEndsWithAHardExpire() {
        scene.register();
        need();
        scene.harness.advance(29);
        scene.harness.heard(scene.asker);
        scene.harness.advance(1);
        List<SadbMessage> heard = scene.harness.heard(scene.asker);
        assertEquals(List.of(0), spis(heard));
        SadbMessage expire = heard.get(0);
        assertEquals(BaseHeader.of(MessageType.EXPIRE, SaType.ESP, 0, 0), expire.header());
        assertEquals(SaState.DEAD, requireNonNull(expire.sa()).state());
        assertEquals(
                Scene.limit(ExtensionType.LIFETIME_HARD, 0, 0, 30),
                expire.lifetime(ExtensionType.LIFETIME_HARD));
        assertFalse(expire.has(ExtensionType.ADDRESS_PROXY));
        assertEquals(Errno.ENOENT, dump().get(0).header().errno());
        assertEquals(List.of(), scene.harness.heard(scene.other)); // not registered
        assertEquals(List.of(), scene.harness.heard(scene.foreigner));
    }

    @Test
    void waitingEntriesAreFlushedAndStandAmongTheSasByAge() {
        scene.register();
        scene.harness.ask(scene.asker, Scene.addTo(5, Ipv4Address.of(10, 0, 0, 9)));
        scene.harness.advance(1);
        need();
        scene.harness.advance(1);
        scene.harness.ask(scene.asker, Scene.addTo(6, Ipv4Address.of(10, 0, 0, 9)));
        scene.harness.heard(scene.asker);
        assertEquals(List.of(6, 0, 5), spis(dump()));
        SadbMessage flush =
                SadbMessage.of(BaseHeader.of(MessageType.FLUSH, SaType.UNSPEC, 1, Scene.PID));
        assertEquals(List.of(flush, flush), scene.harness.ask(scene.asker, flush));
        need();
        scene.harness.heard(scene.asker);
        assertEquals(List.of(flush, flush), scene.harness.ask(scene.asker, flush));
        assertEquals(Errno.ENOENT, dump().get(0).header().errno());
    }

    @Test
    void aTunnelShowsWhosePacketWaits() {
        scene.register();
        scene.harness
                .engine()
                .needSa(
                        new Flow(Ipv4Address.of(10, 1, 0, 1), Ipv4Address.of(10, 2, 0, 1), 6, 1, 2),
                        Demand.tunnel(SaType.ESP, Scene.HERE, Scene.THERE),
                        scene.harness.clock().now());
        scene.harness.heard(scene.asker);
        SadbMessage shown = dump().get(0);
        assertEquals(Scene.HERE, address(shown, ExtensionType.ADDRESS_SRC));
        assertEquals(
                new Extension.Address(
                        ExtensionType.ADDRESS_PROXY,
                        6,
                        32,
                        Sockaddr.of(Ipv4Address.of(10, 1, 0, 1), 1)),
                shown.address(ExtensionType.ADDRESS_PROXY));
    }

    private static IpAddress address(SadbMessage message, ExtensionType type) {
        return requireNonNull(requireNonNull(message.address(type)).address());
    }

    @Test
    void aBundleIsAskedForPieceByPiece() {
        scene.register();
        Ipv4Address inner = Ipv4Address.of(10, 1, 0, 1);
        Ipv4Address far = Ipv4Address.of(10, 2, 0, 1);
        Template compressed = new Template(SaType.X_IPCOMP, 1, Template.Level.USE, 0, null, null);
        Template tunnel =
                new Template(SaType.ESP, 2, Template.Level.UNIQUE, 7, Scene.HERE, Scene.THERE);
        Template outermost = new Template(SaType.AH, 1, Template.Level.REQUIRE, 0, null, null);
        scene.harness
                .engine()
                .spd()
                .insert(
                        new org.keysock.kernel.spd.Policy(
                                DialectName.LINUX,
                                1,
                                PolicyDirection.OUT,
                                new Selector(inner, 32, far, 32, 0, 0, 0),
                                Action.IPSEC,
                                9,
                                List.of(compressed, tunnel, outermost),
                                null,
                                null,
                                null,
                                0,
                                0));
        Flow flow = new Flow(inner, far, 6, 1, 2);
        assertEquals(List.of(SaType.X_IPCOMP, SaType.ESP), asked(flow));
        scene.harness.ask(scene.asker, Scene.add(5, new Sa2(2, 0, 7)));
        scene.harness.heard(scene.asker);
        assertEquals(List.of(SaType.AH), asked(flow));
        SadbMessage shown = dump().get(0);
        assertEquals(Scene.HERE, address(shown, ExtensionType.ADDRESS_SRC));
        assertEquals(Scene.THERE, address(shown, ExtensionType.ADDRESS_DST));
    }

    /** What key managers are asked for when a packet leaves. */
    private List<SaType> asked(Flow flow) {
        scene.harness.heard(scene.asker);
        Packets.send(scene.harness.engine(), flow, 100, scene.harness.clock().now());
        return scene.harness.heard(scene.asker).stream()
                .map(each -> each.header().saType())
                .toList();
    }

    @Test
    void packetsFromElsewhereAreANewMapping() {
        scene.register();
        scene.harness.ask(
                scene.asker,
                Scene.add(
                        5,
                        new NatTType(2),
                        new NatTPort(ExtensionType.X_NAT_T_SPORT, 4500),
                        new NatTPort(ExtensionType.X_NAT_T_DPORT, 4501)));
        SecurityAssociation sa = requireNonNull(scene.harness.sa(SaType.ESP, Scene.THERE, 5));
        assertFalse(arrives(sa, Scene.HERE, 4500));
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        Ipv4Address elsewhere = Ipv4Address.of(10, 0, 0, 77);
        assertTrue(arrives(sa, elsewhere, 1024));
        assertEquals(
                List.of(
                        SadbMessage.of(
                                BaseHeader.of(MessageType.X_NAT_T_NEW_MAPPING, SaType.ESP, 1, 0),
                                new Extension.Sa(
                                        new Spi(5),
                                        0,
                                        SaState.LARVAL,
                                        AuthAlgorithm.NONE,
                                        EncryptionAlgorithm.NONE,
                                        SaFlags.NONE),
                                Scene.src(),
                                new NatTPort(ExtensionType.X_NAT_T_SPORT, 4500),
                                StateMessage.end(ExtensionType.ADDRESS_DST, elsewhere),
                                new NatTPort(ExtensionType.X_NAT_T_DPORT, 1024))),
                scene.harness.heard(scene.asker));
        assertEquals(4500, sa.details().natSourcePort());
    }

    private boolean arrives(SecurityAssociation sa, IpAddress from, int port) {
        scene.harness.heard(scene.asker);
        return scene.harness
                .engine()
                .arrivedFrom(sa, Sockaddr.of(from, port), scene.harness.clock().now());
    }
}
