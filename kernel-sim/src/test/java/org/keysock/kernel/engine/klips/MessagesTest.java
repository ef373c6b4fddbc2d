package org.keysock.kernel.engine.klips;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.model.KameExtension.NatTPort;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.KlipsExtension.Debug;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/** What each verb answers and does: klips.md section 3. */
class MessagesTest {

    private Scene scene = new Scene();

    private static List<ExtensionType> parts(SadbMessage message) {
        return message.extensions().stream().map(Extension::type).toList();
    }

    private static SadbMessage update(Extension... more) {
        return Scene.as(MessageType.UPDATE, Scene.add(SaType.ESP, 0x1000, more));
    }

    private SecurityAssociation esp() {
        return scene.find(SaType.ESP, 0x1000);
    }

    @Test
    void addShowsTheMarkOfInboundSas() {
        SadbMessage out = scene.told(Scene.add(SaType.ESP, 0x1000));
        assertFalse(Scene.sa(out).flags().has(SaFlag.PFS));
        SadbMessage in = scene.told(Scene.add(SaType.ESP, 0x1000, Scene.WEST));
        assertTrue(Scene.sa(in).flags().has(SaFlag.PFS));
        SadbMessage marked = Scene.add(SaType.X_IPIP, 0x1000);
        marked =
                SadbMessage.of(
                        marked.header(),
                        new Extension.Sa(
                                new Spi(0x1000),
                                0,
                                SaState.MATURE,
                                Scene.sa(marked).auth(),
                                Scene.sa(marked).encrypt(),
                                SaFlags.of(SaFlag.PFS)),
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST));
        scene.told(marked);
        assertEquals(Direction.INBOUND, scene.find(SaType.X_IPIP, 0x1000).direction());
        assertEquals(Direction.OUTBOUND, esp().direction());
        assertEquals(64, requireNonNull(esp().details().initialVector()).bits());
        assertEquals(
                1,
                requireNonNull(scene.harness.sa(SaType.ESP, Scene.WEST, 0x1000)).reference(),
                "counted from 0");
    }

    @Test
    void getSpiMakesALarvalSaThatUpdateCompletes() {
        SadbMessage answer =
                scene.told(
                        Scene.ask(
                                MessageType.GETSPI,
                                SaType.ESP,
                                Scene.src(Scene.WEST),
                                Scene.dst(Scene.EAST),
                                new Extension.SpiRange(new Spi(0x1000), new Spi(0x1000))));
        assertEquals(
                List.of(ExtensionType.SA, ExtensionType.ADDRESS_SRC, ExtensionType.ADDRESS_DST),
                parts(answer));
        assertEquals(SaState.LARVAL, Scene.sa(answer).state());
        assertEquals(0, Scene.sa(answer).reference());
        scene.harness.advance(5);
        scene.told(update());
        assertEquals(SaState.MATURE, esp().state());
        assertEquals(0, esp().addedMillis());
    }

    @Test
    void updateReplacesAllButTheTimeOfMaking() {
        scene.told(
                Scene.add(
                        SaType.ESP, 0x1000, Scene.limit(ExtensionType.LIFETIME_HARD, 9, 0, 0, 0)));
        scene.use(esp(), 5);
        scene.harness.advance(7);
        SadbMessage answer =
                scene.told(update(Scene.limit(ExtensionType.LIFETIME_SOFT, 4, 0, 0, 3)));
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.LIFETIME_SOFT,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST),
                parts(answer));
        assertEquals(0, Scene.lifetime(answer, ExtensionType.LIFETIME_SOFT).packets());
        assertEquals(0, esp().use().bytes());
        assertEquals(0, esp().addedMillis());
        assertEquals(null, esp().hard());
        SecurityAssociation before = esp();
        scene.refused(Errno.EINVAL, update(new NatTType(9)).without(ExtensionType.KEY_AUTH));
        assertEquals(before, esp());
    }

    @Test
    void updateWithPortsChangesThemAlone() {
        scene.told(Scene.add(SaType.ESP, 0x1000, new NatTType(2)));
        scene.use(esp(), 5);
        SecurityAssociation before = esp();
        scene.told(
                update(
                        new NatTPort(ExtensionType.X_NAT_T_SPORT, 4500),
                        new NatTPort(ExtensionType.X_NAT_T_DPORT, 4501)));
        assertEquals(before, esp());
        assertEquals(4500, esp().details().natSourcePort());
        assertEquals(4501, esp().details().natDestinationPort());
        assertEquals(5, esp().use().bytes());
    }

    @Test
    void getAnswersTheAskerAloneAndWithoutKeys() {
        scene.harness.advance(100);
        scene.told(
                Scene.add(
                        SaType.ESP,
                        0x1000,
                        Scene.limit(ExtensionType.LIFETIME_HARD, 9, 0, 0, 0),
                        Scene.limit(ExtensionType.LIFETIME_SOFT, 0, 0, 0, 0)));
        scene.harness.heard(scene.other);
        List<SadbMessage> heard = scene.succeed(Scene.named(MessageType.GET, SaType.ESP, 0x1000));
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.LIFETIME_HARD,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST),
                parts(heard.get(0)));
        assertEquals(SaState.LARVAL, Scene.sa(heard.get(0)).state(), "as in the request");
        assertEquals(0, Scene.sa(heard.get(0)).reference());
        assertEquals(
                new Lifetime(ExtensionType.LIFETIME_CURRENT, 1, 0, 100, 0, 0),
                heard.get(0).lifetime(ExtensionType.LIFETIME_CURRENT));
        assertEquals(List.of(), scene.harness.heard(scene.other));
    }

    @Test
    void tunnelsAndCompressionTakeNoKeys() {
        scene.told(
                Scene.add(
                        SaType.X_IPIP,
                        0x1000,
                        Scene.key(ExtensionType.KEY_AUTH, 128),
                        Scene.key(ExtensionType.KEY_ENCRYPT, 192)));
        SecurityAssociation tunnel = scene.find(SaType.X_IPIP, 0x1000);
        assertEquals(128, tunnel.secrets().authBits());
        assertEquals(192, tunnel.secrets().encryptBits());
        assertEquals(0, tunnel.secrets().authKey().length());
        scene.told(Scene.add(SaType.X_IPCOMP, 0x10000));
        scene.told(Scene.add(SaType.ESP, 0x1000));
        assertEquals(3, scene.size());
    }

    @Test
    void flushGoesByTypeUnlessToldOtherwise() {
        scene.told(Scene.add(SaType.ESP, 0x1000));
        scene.told(Scene.add(SaType.AH, 0x1000));
        assertEquals(List.of(), scene.told(Scene.ask(MessageType.FLUSH, SaType.ESP)).extensions());
        assertEquals(1, scene.size());
        scene.told(Scene.ask(MessageType.FLUSH, SaType.UNSPEC));
        assertEquals(0, scene.size());
        scene = new Scene("klips.flush=all");
        scene.told(Scene.add(SaType.AH, 0x1000));
        scene.told(Scene.ask(MessageType.FLUSH, SaType.ESP));
        assertEquals(0, scene.size());
    }

    @Test
    void registeringTwiceIsRegisteringOnce() {
        scene.succeed(Scene.ask(MessageType.REGISTER, SaType.X_IPCOMP));
        assertEquals(1, scene.succeed(Scene.ask(MessageType.REGISTER, SaType.X_IPCOMP)).size());
        assertEquals(List.of(), scene.harness.heard(scene.other));
        SadbMessage tunnels = scene.succeed(Scene.ask(MessageType.REGISTER, SaType.X_IPIP)).get(0);
        assertEquals(
                Scene.compact(
                        "02070009 07000000 01000000 db030000 05000f00 00000000"
                                + "04008000 80000000 03002000 80000000 02008000 20000000"
                                + "01002000 20000000"),
                Scene.hex(tunnels));
        assertEquals(
                "0207000202000000".length() * 2,
                Scene.hex(scene.succeed(Scene.ask(MessageType.REGISTER, SaType.X_INT)).get(0))
                        .length());
    }

    @Test
    void givingUpIsRelayedToThoseRegistered() {
        SadbMessage request = Scene.ask(MessageType.ACQUIRE, SaType.ESP);
        request = request.withHeader(request.header().refused(Errno.ETIMEDOUT, Diagnostic.NONE));
        scene.harness.ask(scene.other, Scene.ask(MessageType.REGISTER, SaType.ESP));
        assertEquals(List.of(), scene.succeed(request));
        assertEquals(List.of(request), scene.harness.heard(scene.other));
    }

    @Test
    void expireOfAUserIsRelayedToAll() {
        SadbMessage request = Scene.ask(MessageType.EXPIRE, SaType.ESP);
        assertEquals(request, scene.told(request));
    }

    @Test
    void debugMasksAreSetAndClearedAndAnswered() {
        Debug all = debug(-1, -1);
        SadbMessage answer =
                scene.succeed(Scene.ask(MessageType.X_DEBUG, SaType.UNSPEC, all)).get(0);
        assertEquals(List.of(), answer.extensions());
        assertEquals(List.of(), scene.harness.heard(scene.other));
        assertEquals(debug(-1, 0x7fffffff), scene.rules.debugMasks());
        scene.succeed(Scene.ask(MessageType.X_DEBUG, SaType.UNSPEC, debug(~1, 0x7fffffff)));
        assertEquals(debug(~1, 0x7fffffff), scene.rules.debugMasks());
        scene.succeed(Scene.ask(MessageType.X_DEBUG, SaType.UNSPEC, debug(0, 0)));
        assertEquals(debug(0, 0), scene.rules.debugMasks());
    }

    private static Debug debug(int mask, int netlink) {
        List<Integer> masks =
                new ArrayList<>(Collections.nCopies(Debug.Part.values().length, mask));
        masks.set(Debug.Part.NETLINK.ordinal(), netlink);
        return new Debug(masks);
    }

    @Test
    void interfacesOfTheModernForm() {
        scene = new Scene("klips.form=modern");
        SadbMessage plumb =
                Scene.ask(MessageType.X_PLUMBIF, SaType.UNSPEC, new KlipsExtension.PlumbIf(49152));
        assertEquals(List.of(plumb), scene.succeed(plumb));
        assertEquals(Set.of(49152), scene.rules.interfaces());
        assertEquals(Errno.EEXIST, scene.succeed(plumb).get(0).header().errno());
        SadbMessage unplumb = Scene.as(MessageType.X_UNPLUMBIF, plumb);
        assertEquals(Errno.OK, scene.succeed(unplumb).get(0).header().errno());
        assertEquals(Errno.ENODEV, scene.succeed(unplumb).get(0).header().errno());
        assertEquals(List.of(), scene.harness.heard(scene.other));
    }

    @Test
    void aNewMappingIsToldToThoseRegisteredForEsp() {
        scene.told(
                Scene.add(
                        SaType.ESP,
                        0x1000,
                        Scene.WEST,
                        new NatTType(2),
                        new NatTPort(ExtensionType.X_NAT_T_SPORT, 4500),
                        new NatTPort(ExtensionType.X_NAT_T_DPORT, 4500)));
        scene.succeed(Scene.ask(MessageType.REGISTER, SaType.ESP));
        scene.harness.heard(scene.other);
        SecurityAssociation sa = requireNonNull(scene.harness.sa(SaType.ESP, Scene.WEST, 0x1000));
        scene.harness
                .engine()
                .arrivedFrom(
                        sa,
                        Sockaddr.of(Ipv4Address.of(9, 9, 9, 9), 1234),
                        scene.harness.clock().now());
        assertEquals(List.of(), scene.harness.heard(scene.other));
        assertEquals(
                Scene.compact(
                        "02110003 0d000000 01000000 00000000"
                                + "03000100 00001000 00000000 00000000 00000000 00000000"
                                + "03000500 32000000 02000000 c001022d 00000000 00000000"
                                + "03000600 32000000 02000000 09090909 00000000 00000000"
                                + "01001c00 94110000 01001d00 d2040000"),
                Scene.hex(scene.harness.heard(scene.asker).get(0)));
    }

    @Test
    void ipv6IsTreatedAlike() {
        Ipv6Address there = new Ipv6Address(0x3049_0001_0000_0000L, 2);
        SadbMessage request = Scene.add(SaType.X_IPIP, 0x101);
        scene.told(
                SadbMessage.of(
                        request.header(),
                        requireNonNull(request.sa()),
                        Scene.src(new Ipv6Address(0x3049_0001_0000_0000L, 1)),
                        Scene.dst(there)));
        assertTrue(scene.harness.sa(SaType.X_IPIP, there, 0x101) != null);
    }
}
