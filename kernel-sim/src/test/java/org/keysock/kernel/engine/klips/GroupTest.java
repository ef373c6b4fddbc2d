package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.sadb.Group;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/** Groups: klips.md 3.6, and who hears of their end, whoever ends them. */
class GroupTest {

    private static final List<SaType> CHAIN =
            List.of(SaType.X_IPIP, SaType.X_IPCOMP, SaType.ESP, SaType.AH);

    private final Scene scene = new Scene();

    private void add() {
        CHAIN.forEach(type -> scene.told(Scene.add(type, 0x1000)));
    }

    private void join(int inside) {
        scene.told(Scene.group(CHAIN.get(inside), 0x1000, CHAIN.get(inside + 1), 0x1000));
    }

    private void assertChain() {
        for (SaType named : CHAIN) {
            assertEquals(
                    CHAIN,
                    Group.of(scene.find(named, 0x1000)).stream()
                            .map(SecurityAssociation::protocol)
                            .toList());
        }
    }

    private void clear() {
        for (KeySocket socket : scene.harness.engine().sockets()) {
            scene.harness.heard(socket);
        }
    }

    @Test
    void neighboursInAnyOrder() {
        add();
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] order : orders) {
            for (int inside : order) {
                join(inside);
            }
            assertChain();
            SaType any = CHAIN.get(order[0]);
            scene.told(Scene.ungroup(any, 0x1000));
            assertEquals(1, Group.of(scene.find(any, 0x1000)).size());
            scene.told(Scene.ungroup(any, 0x1000));
        }
    }

    @Test
    void chainsAreJoinedEndToEndAndNeverToRings() {
        add();
        join(0);
        join(2);
        scene.refused(Errno.EEXIST, Scene.group(SaType.X_IPCOMP, 0x1000, SaType.X_IPIP, 0x1000));
        join(1);
        assertChain();
        scene.refused(Errno.EEXIST, Scene.group(SaType.AH, 0x1000, SaType.X_IPIP, 0x1000));
        scene.refused(Errno.EEXIST, Scene.group(SaType.X_IPIP, 0x1000, SaType.ESP, 0x1000));
    }

    @Test
    void aChainOfManyHasNoLimit() {
        for (int spi = 0x1000; spi < 0x1100; spi++) {
            scene.told(Scene.add(SaType.X_IPIP, spi));
        }
        for (int spi = 0x1000; spi < 0x10ff; spi++) {
            scene.told(Scene.group(SaType.X_IPIP, spi, SaType.X_IPIP, spi + 1));
        }
        assertEquals(256, Group.of(scene.find(SaType.X_IPIP, 0x1080)).size());
        assertSame(
                scene.find(SaType.X_IPIP, 0x1000), scene.find(SaType.X_IPIP, 0x10ff).innermost());
        scene.told(Scene.named(MessageType.DELETE, SaType.X_IPIP, 0x1040));
        assertEquals(0, scene.size());
    }

    @Test
    void updateKeepsTheGroup() {
        add();
        join(0);
        join(1);
        join(2);
        SecurityAssociation old = scene.find(SaType.ESP, 0x1000);
        scene.told(Scene.as(MessageType.UPDATE, Scene.add(SaType.ESP, 0x1000)));
        assertNotSame(old, scene.find(SaType.ESP, 0x1000));
        assertChain();
        assertEquals(false, old.grouped());
    }

    /** One message of KLIPS; of the others, a deletion for each member that they know. */
    @Test
    void aMemberDeletedOnAnySocketTakesTheGroupAlong() {
        Map<KeySocket, Integer> known =
                Map.of(
                        scene.asker, 1,
                        scene.other, 1,
                        scene.linux, 3,
                        scene.solaris, 2,
                        scene.rfc, 2);
        for (KeySocket acting : List.of(scene.asker, scene.linux, scene.solaris, scene.rfc)) {
            add();
            join(2);
            join(1);
            join(0);
            clear();
            SadbMessage delete = named(acting);
            scene.harness
                    .engine()
                    .handle(
                            acting,
                            new Reading.Whole(delete, new Reading.Raw(new byte[0], 0, 0)),
                            scene.harness.clock().now());
            assertEquals(0, scene.size(), "by " + acting);
            known.forEach(
                    (socket, count) ->
                            assertEquals(
                                    Collections.nCopies(count, MessageType.DELETE),
                                    scene.types(socket),
                                    acting + " deletes, " + socket + " hears"));
        }
    }

    private SadbMessage named(KeySocket acting) {
        return acting == scene.asker
                ? Scene.named(MessageType.DELETE, SaType.ESP, 0x1000)
                : Scene.ask(
                        MessageType.DELETE,
                        SaType.ESP,
                        Extension.Sa.of(new Spi(0x1000)),
                        end(ExtensionType.ADDRESS_SRC, Scene.WEST),
                        end(ExtensionType.ADDRESS_DST, Scene.EAST));
    }

    private static Extension end(ExtensionType type, IpAddress address) {
        return new Extension.Address(type, 0, 32, Sockaddr.of(address, 0));
    }

    @Test
    void aHardLimitOfOneMemberIsToldOnce() {
        scene.told(Scene.add(SaType.X_IPIP, 0x1000));
        scene.told(
                Scene.add(
                        SaType.ESP,
                        0x1000,
                        Scene.limit(ExtensionType.LIFETIME_HARD, 100, 0, 0, 0)));
        scene.told(Scene.add(SaType.AH, 0x1000));
        scene.told(Scene.group(SaType.X_IPIP, 0x1000, SaType.ESP, 0x1000));
        scene.told(Scene.group(SaType.ESP, 0x1000, SaType.AH, 0x1000));
        clear();
        assertEquals(true, scene.use(scene.find(SaType.ESP, 0x1000), 101));
        assertEquals(false, scene.use(scene.find(SaType.ESP, 0x1000), 1));
        assertEquals(0, scene.size());
        assertEquals(List.of(MessageType.EXPIRE), scene.types(scene.asker));
        assertEquals(List.of(MessageType.EXPIRE, MessageType.DELETE), scene.types(scene.rfc));
        assertEquals(List.of(MessageType.EXPIRE, MessageType.DELETE), scene.types(scene.solaris));
    }

    /** What stays of a group would let packets go without one of their protections. */
    @Test
    void aFlushOfOneTypeTakesGroupsAlong() {
        add();
        join(0);
        join(1);
        scene.told(Scene.add(SaType.X_IPIP, 0x2000));
        clear();
        scene.told(Scene.ask(MessageType.FLUSH, SaType.ESP));
        assertEquals(2, scene.size());
        assertEquals(
                List.of(MessageType.DELETE, MessageType.FLUSH, MessageType.FLUSH).stream()
                        .limit(2)
                        .toList(),
                scene.types(scene.linux));
        assertEquals(List.of(MessageType.FLUSH), scene.types(scene.rfc));
    }

    @Test
    void aGroupedSolarisPairGoesWithItsGroups() {
        scene.told(Scene.add(SaType.ESP, 0x1000));
        scene.told(Scene.add(SaType.ESP, 0x1001, Scene.WEST));
        scene.find(SaType.ESP, 0x1000)
                .pairWith(Objects.requireNonNull(scene.harness.sa(SaType.ESP, Scene.WEST, 0x1001)));
        scene.told(Scene.add(SaType.AH, 0x1000));
        scene.told(Scene.group(SaType.ESP, 0x1000, SaType.AH, 0x1000));
        clear();
        scene.harness.ask(scene.solaris, Scene.as(MessageType.X_DELPAIR, named(scene.solaris)));
        assertEquals(0, scene.size());
        assertEquals(List.of(MessageType.DELETE, MessageType.DELETE), scene.types(scene.asker));
    }
}
