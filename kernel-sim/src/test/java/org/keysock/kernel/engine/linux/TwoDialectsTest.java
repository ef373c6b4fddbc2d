package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** One database, told of in each socket's own dialect: decisions.md 7, 9 and 10. */
final class TwoDialectsTest {

    private final Scene scene = new Scene();

    private SadbMessage only(List<SadbMessage> heard) {
        assertEquals(1, heard.size(), heard.toString());
        return heard.get(0);
    }

    @Test
    void addIsToldInBothDialects() {
        scene.harness.ask(scene.asker, Scene.add(5));
        SadbMessage told = only(scene.harness.heard(scene.foreigner));
        assertFalse(told.has(ExtensionType.KEY_AUTH));
        assertFalse(told.has(ExtensionType.X_SA2));
        assertTrue(only(scene.harness.heard(scene.other)).has(ExtensionType.X_SA2));

        scene.harness.ask(scene.foreigner, Scene.add(6));
        assertTrue(only(scene.harness.heard(scene.other)).has(ExtensionType.KEY_AUTH));
    }

    @Test
    void updateOfALinuxSocketTellsOthersWhatIsStored() {
        scene.harness.ask(scene.foreigner, Scene.add(5));
        scene.harness.heard(scene.foreigner);
        scene.harness.heard(scene.asker);
        SadbMessage add = Scene.add(5);
        SadbMessage shown =
                only(
                        scene.harness.ask(
                                scene.asker,
                                add.withHeader(add.header().withType(MessageType.UPDATE))));
        assertEquals(SaState.DEAD, requireNonNull(shown.sa()).state());
        SadbMessage told = only(scene.harness.heard(scene.foreigner));
        assertEquals(SaState.MATURE, requireNonNull(told.sa()).state());

        // and one of the RFC's socket is shown as it is stored
        scene.harness.heard(scene.other);
        scene.harness.ask(
                scene.foreigner, add.withHeader(add.header().withType(MessageType.UPDATE)));
        SadbMessage seen = only(scene.harness.heard(scene.other));
        assertEquals(SaState.MATURE, requireNonNull(seen.sa()).state());
    }

    @Test
    void refusedUpdateIsNotToldLater() {
        scene.harness.ask(scene.foreigner, Scene.add(5));
        SadbMessage add = Scene.add(5, new NatTType(2));
        SadbMessage update = add.withHeader(add.header().withType(MessageType.UPDATE));
        scene.harness.heard(scene.asker);
        scene.harness.heard(scene.other);
        assertEquals(
                Errno.EINVAL, // NAT-T on one side only
                only(scene.harness.ask(scene.asker, update)).header().errno());
        scene.harness.ask(scene.foreigner, Scene.add(5).withHeader(update.header()));
        SadbMessage told = only(scene.harness.heard(scene.other));
        assertEquals(SaState.MATURE, requireNonNull(told.sa()).state());
        assertFalse(told.has(ExtensionType.X_NAT_T_TYPE));
    }

    @Test
    void whatADialectCannotSayIsLeftOut() {
        Extension.Sa plain =
                new Extension.Sa(
                        new Spi(5),
                        0,
                        SaState.MATURE,
                        AuthAlgorithm.NONE,
                        EncryptionAlgorithm.NULL,
                        SaFlags.NONE);
        SadbMessage add = SadbMessage.of(Scene.add(5).header(), plain, Scene.src(), Scene.dst());
        scene.harness.ask(scene.foreigner, add);
        SadbMessage told = only(scene.harness.heard(scene.other));
        assertEquals(EncryptionAlgorithm.NULL, requireNonNull(told.sa()).encrypt());
        assertFalse(told.has(ExtensionType.KEY_ENCRYPT)); // there is none
        scene.harness.heard(scene.foreigner);
        scene.harness.heard(scene.asker);

        // RFC 2367 has no number for IPCOMP
        SadbMessage ipcomp =
                SadbMessage.of(
                        BaseHeader.of(MessageType.ADD, SaType.X_IPCOMP, 1, Scene.PID),
                        new Extension.Sa(
                                new Spi(0x1000),
                                0,
                                SaState.MATURE,
                                AuthAlgorithm.NONE,
                                EncryptionAlgorithm.COMP_DEFLATE,
                                SaFlags.NONE),
                        Scene.src(),
                        Scene.dst());
        assertEquals(1, scene.harness.ask(scene.asker, ipcomp).size());
        assertEquals(List.of(), scene.harness.heard(scene.foreigner));
    }

    @Test
    void getSpiOfTheRfcsSocketIsNotToldOnLinux() {
        scene.harness.ask(
                scene.foreigner,
                Scene.esp(
                        MessageType.GETSPI,
                        3,
                        Scene.src(),
                        Scene.dst(),
                        new Extension.SpiRange(new Spi(5), new Spi(5))));
        assertEquals(List.of(), scene.harness.heard(scene.other));
        scene.harness.ask(
                scene.foreigner,
                SadbMessage.of(BaseHeader.of(MessageType.FLUSH, SaType.UNSPEC, 1, Scene.PID)));
        assertEquals(1, scene.harness.heard(scene.other).size());
    }
}
