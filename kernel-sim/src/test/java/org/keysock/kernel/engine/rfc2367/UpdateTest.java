package org.keysock.kernel.engine.rfc2367;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** UPDATE, RFC 2367 section 3.1.2. */
final class UpdateTest {

    private final Scene scene = new Scene();

    private static SadbMessage update(Extension... more) {
        SadbMessage add = Scene.add(0x1000, more);
        return add.withHeader(add.header().withType(MessageType.UPDATE));
    }

    private SecurityAssociation stored() {
        SecurityAssociation sa = scene.harness.sa(SaType.ESP, Scene.THERE, 0x1000);
        assertNotNull(sa);
        return sa;
    }

    @Test
    void makesALarvalSaMature() {
        scene.succeeds(Scene.getSpi(0x1000, 0x1000));
        SadbMessage answer = scene.answer(update(Scene.hard(100)));
        assertEquals(
                List.of(
                        ExtensionType.SA,
                        ExtensionType.LIFETIME_HARD,
                        ExtensionType.LIFETIME_CURRENT,
                        ExtensionType.ADDRESS_SRC,
                        ExtensionType.ADDRESS_DST),
                Scene.parts(answer));
        assertEquals(List.of(answer), scene.harness.heard(scene.bystander));
        assertEquals(SaState.MATURE, stored().state());
        scene.harness.advance(60); // no larval life any more
        assertEquals(SaState.MATURE, stored().state());
    }

    @Test
    void onlyItsMakerMaturesALarvalSa() {
        scene.harness.ask(scene.bystander, Scene.getSpi(0x1000, 0x1000));
        scene.harness.heard(scene.asker);
        scene.refused(Errno.EACCES, update());
        scene.harness.engine().close(scene.bystander);
        scene.succeeds(update());
    }

    @Test
    void larvalSaKeepsItsSource() {
        scene.succeeds(Scene.getSpi(0x1000, 0x1000));
        scene.refused(
                Errno.EINVAL,
                Scene.with(
                        update(),
                        Scene.end(ExtensionType.ADDRESS_SRC, Ipv4Address.of(10, 0, 0, 9))));
        scene.refused(Errno.EINVAL, update().without(ExtensionType.KEY_AUTH));
        assertEquals(SaState.LARVAL, stored().state());
    }

    @Test
    void ofAMatureSaOnlyLimitsMayChange() {
        scene.succeeds(Scene.add(0x1000, Scene.hard(100), Scene.soft(50)));
        scene.succeeds(
                update(Scene.soft(70)).without(ExtensionType.KEY_AUTH, ExtensionType.KEY_ENCRYPT));
        assertEquals(Scene.hard(100), stored().hard());
        assertEquals(Scene.soft(70), stored().soft());
        scene.succeeds(update(Scene.hard(200))); // the same keys are no change
        String other = "ffffffffffffffffffffffffffffffff";
        scene.refused(
                Errno.EINVAL, Scene.with(update(), Scene.key(ExtensionType.KEY_ENCRYPT, other)));
        Extension.Sa alg =
                new Extension.Sa(
                        new Spi(0x1000),
                        32,
                        SaState.MATURE,
                        AuthAlgorithm.HMAC_SHA1,
                        EncryptionAlgorithm.NULL,
                        SaFlags.NONE);
        scene.refused(Errno.EINVAL, Scene.with(update(), alg));
        scene.refused(
                Errno.EINVAL,
                Scene.with(update(), Scene.end(ExtensionType.ADDRESS_PROXY, Scene.HERE)));
    }

    @Test
    void stateMustBeMature() {
        scene.succeeds(Scene.add(0x1000));
        scene.refused(Errno.EINVAL, Scene.with(update(), Scene.sa(0x1000, SaState.DYING)));
    }

    @Test
    void dyingSaRecovers() {
        scene.succeeds(Scene.add(0x1000, Scene.soft(10)));
        scene.harness.advance(10);
        assertEquals(SaState.DYING, stored().state());
        scene.harness.heard(scene.asker);
        scene.harness.heard(scene.bystander);
        scene.succeeds(update(Scene.soft(30)));
        assertEquals(SaState.MATURE, stored().state());
        scene.harness.advance(20);
        assertEquals(SaState.DYING, stored().state());
    }

    @Test
    void deadSaIsBeyondUpdate() {
        scene.succeeds(Scene.add(0x1000));
        stored().state(SaState.DEAD); // as Solaris' rules leave one for a while
        scene.refused(Errno.EINVAL, update());
    }

    @Test
    void nothingToUpdate() {
        scene.refused(Errno.ESRCH, update());
        scene.refused(Errno.EINVAL, update().without(ExtensionType.ADDRESS_DST));
    }
}
