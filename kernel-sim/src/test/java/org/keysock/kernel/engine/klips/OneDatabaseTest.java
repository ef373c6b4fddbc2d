package org.keysock.kernel.engine.klips;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.model.Spi;

/** One SADB, seen by sockets of KLIPS, Solaris and Linux, as far as each can say it. */
class OneDatabaseTest {

    private final Scene scene = new Scene();

    private static Address end(ExtensionType type, IpAddress address) {
        return new Address(type, 0, 32, Sockaddr.of(address, 0));
    }

    /** An SA as other dialects' clients submit it. */
    private static SadbMessage foreign(MessageType type, int spi) {
        SadbMessage like = Scene.add(SaType.ESP, spi);
        return Scene.ask(
                type,
                SaType.ESP,
                new Extension.Sa(
                        new Spi(spi),
                        32,
                        Scene.sa(like).state(),
                        AuthAlgorithm.HMAC_SHA1,
                        EncryptionAlgorithm.AES_CBC,
                        SaFlags.NONE),
                end(ExtensionType.ADDRESS_SRC, Scene.WEST),
                end(ExtensionType.ADDRESS_DST, Scene.EAST),
                Scene.key(ExtensionType.KEY_AUTH, 160),
                Scene.key(ExtensionType.KEY_ENCRYPT, 128));
    }

    private NavigableSet<String> dumped(KeySocket socket) {
        scene.harness.heard(socket);
        NavigableSet<String> shown = new TreeSet<>();
        for (SadbMessage message :
                scene.harness.ask(socket, Scene.ask(MessageType.DUMP, SaType.UNSPEC))) {
            if (message.sa() != null) {
                shown.add(message.header().saType() + " " + requireNonNull(message.sa()).spi());
            }
        }
        return shown;
    }

    @Test
    void eachSeesWhatItCanSay() {
        for (SaType type : List.of(SaType.X_IPIP, SaType.X_IPCOMP, SaType.ESP, SaType.AH)) {
            scene.told(Scene.add(type, 0x1000));
        }
        scene.told(Scene.group(SaType.X_IPIP, 0x1000, SaType.ESP, 0x1000));
        scene.harness.ask(scene.linux, foreign(MessageType.ADD, 0x2000));
        scene.harness.ask(scene.solaris, foreign(MessageType.ADD, 0x3000));
        assertEquals(6, scene.size());
        assertEquals(
                List.of("AH 0x1000", "ESP 0x1000", "ESP 0x2000", "ESP 0x3000", "X_IPCOMP 0x1000"),
                List.copyOf(dumped(scene.linux)));
        assertEquals(
                List.of("AH 0x1000", "ESP 0x1000", "ESP 0x2000", "ESP 0x3000"),
                List.copyOf(dumped(scene.solaris)));
        for (int spi : new int[] {0x1000, 0x2000, 0x3000}) {
            SadbMessage got =
                    scene.succeed(Scene.named(MessageType.GET, SaType.ESP, spi)).stream()
                            .filter(message -> message.type() == MessageType.GET)
                            .findFirst()
                            .orElseThrow();
            assertEquals(spi, Scene.sa(got).spi().value());
        }
    }

    @Test
    void klipsHearsWhatOthersDo() {
        scene.harness.ask(scene.linux, foreign(MessageType.ADD, 0x2000));
        SadbMessage added = scene.harness.heard(scene.other).get(0);
        assertEquals(
                Scene.compact(
                        "02030003 0b000000 01000000 db030000"
                                + "03000100 00002000 2001030c 00000000 00000000 00000000"
                                + "03000500 00000000 02000000 c0010217 00000000 00000000"
                                + "03000600 00000000 02000000 c001022d 00000000 00000000"),
                Scene.hex(added));
        scene.harness.ask(scene.solaris, foreign(MessageType.DELETE, 0x2000));
        assertEquals(List.of(MessageType.DELETE), scene.types(scene.other));
    }

    @Test
    void aLarvalSaOfKlipsGrowsOnLinuxAndKeepsItsHome() {
        scene.told(
                Scene.ask(
                        MessageType.GETSPI,
                        SaType.ESP,
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST),
                        new Extension.SpiRange(new Spi(0x2000), new Spi(0x2000))));
        scene.told(Scene.add(SaType.AH, 0x1000));
        scene.told(Scene.group(SaType.ESP, 0x2000, SaType.AH, 0x1000));
        scene.harness.ask(scene.linux, foreign(MessageType.UPDATE, 0x2000));
        assertEquals(
                List.of(MessageType.UPDATE),
                scene.types(scene.other).stream()
                        .filter(type -> type == MessageType.UPDATE)
                        .toList());
        assertEquals(scene.find(SaType.ESP, 0x2000), scene.find(SaType.AH, 0x1000).innermost());
    }

    @Test
    void flushesAreHeardBothWays() {
        scene.told(Scene.add(SaType.ESP, 0x1000));
        scene.harness.heard(scene.linux);
        scene.harness.heard(scene.solaris);
        scene.told(Scene.ask(MessageType.FLUSH, SaType.UNSPEC));
        assertEquals(List.of(MessageType.FLUSH), scene.types(scene.linux));
        assertEquals(List.of(MessageType.FLUSH), scene.types(scene.solaris));
        scene.told(Scene.add(SaType.ESP, 0x1000));
        scene.harness.heard(scene.other);
        scene.harness.ask(scene.linux, Scene.ask(MessageType.FLUSH, SaType.UNSPEC));
        assertEquals(0, scene.size());
        assertEquals(List.of(MessageType.FLUSH), scene.types(scene.other));
    }
}
