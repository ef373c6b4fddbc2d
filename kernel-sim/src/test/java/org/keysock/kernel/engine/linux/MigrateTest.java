package org.keysock.kernel.engine.linux;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;

/** X_MIGRATE: section 8.14, and the recorded bytes of section 14.15. */
final class MigrateTest {

    private static final Dialect DIALECT = Dialect.of(DialectName.LINUX, ByteOrder.LITTLE_ENDIAN);
    private static final String ENDS =
            "03000500ff180000020000000a0700000000000000000000"
                    + "03000600ff180000020000000a0800000000000000000000";
    private static final String OLD =
            "300032000203000005000000000000000"
                    + "2000000c0000201000000000000000002000000c00002020000000000000000";
    private static final String NEW =
            "300032000203000005000000000000000"
                    + "2000000c0000209000000000000000002000000c00002020000000000000000";
    private static final String MANAGERS =
            "0500190000000000020000000a0101010000000000000000020000000a0202020000000000000000";
    private static final String PAIR = "0e001200020002000000000000000000" + OLD + NEW;
    private static final String MIGRATE =
            "021800001b000000370000006c010000" + PAIR + ENDS + MANAGERS;

    private static final Ipv4Address BEFORE = Ipv4Address.of(192, 0, 2, 1);
    private static final Ipv4Address AFTER = Ipv4Address.of(192, 0, 2, 9);
    private static final Ipv4Address PEER = Ipv4Address.of(192, 0, 2, 2);

    private final Scene scene = new Scene();

    private static SadbMessage read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        Reading reading = new MessageReader(DIALECT).read(bytes, 0, bytes.length);
        return ((Reading.Whole) reading).message();
    }

    private static String written(SadbMessage message) {
        return HexFormat.of()
                .formatHex(requireNonNull(new MessageWriter(DIALECT).toBytes(message)));
    }

    private List<SadbMessage> ask(String hex) {
        return scene.harness.ask(scene.asker, read(hex));
    }

    private void addPolicyAndSa() {
        ask("020e000010000000010000006c010000" + "08001200020002000000000000000000" + OLD + ENDS);
        SadbMessage add =
                SadbMessage.of(
                        Scene.add(5).header(),
                        Scene.add(5).extensions().stream()
                                .map(MigrateTest::between)
                                .toArray(Extension[]::new));
        scene.harness.ask(scene.asker, add);
        scene.harness.heard(scene.other);
        scene.harness.heard(scene.foreigner);
    }

    private static Extension between(Extension extension) {
        if (extension.type() == ExtensionType.ADDRESS_SRC) {
            return StateMessage.end(ExtensionType.ADDRESS_SRC, BEFORE);
        }
        return extension.type() == ExtensionType.ADDRESS_DST
                ? StateMessage.end(ExtensionType.ADDRESS_DST, PEER)
                : extension;
    }

    @Test
    void theReplyIsNewsForAllAndAsRecorded() {
        addPolicyAndSa();
        String reply =
                "021800031b0000000000000000000000"
                        + MANAGERS
                        + "0300050000180000020000000a0700000000000000000000"
                        + "0300060000180000020000000a0800000000000000000000"
                        + PAIR;
        List<SadbMessage> heard = ask(MIGRATE);
        assertEquals(1, heard.size());
        assertEquals(reply, written(heard.get(0)));
        assertEquals(heard, scene.harness.heard(scene.other));
        assertEquals(List.of(), scene.harness.heard(scene.foreigner));
        Policy policy = scene.harness.engine().spd().newestFirst().get(0);
        assertEquals(AFTER, policy.templates().get(0).source());
        assertEquals(1, policy.id());
        assertEquals(Errno.ENODATA, ask(MIGRATE).get(0).header().errno());
    }

    @Test
    void theSaMovesWithKeysAndUse() {
        SadbMessage add = Scene.add(5);
        addPolicyAndSa();
        scene.harness.ask(
                scene.asker,
                SadbMessage.of(
                        add.header().withType(MessageType.DELETE),
                        requireNonNull(add.sa()),
                        StateMessage.end(ExtensionType.ADDRESS_SRC, BEFORE),
                        StateMessage.end(ExtensionType.ADDRESS_DST, PEER)));
        Extension[] parts =
                Scene.add(5, new Sa2(2, 0, 5)).extensions().stream()
                        .map(MigrateTest::between)
                        .toArray(Extension[]::new);
        scene.harness.ask(scene.asker, SadbMessage.of(add.header(), parts));
        SecurityAssociation before = sa();
        Now now = scene.harness.clock().now();
        scene.harness.engine().used(before, 100, 1, now);
        ask(MIGRATE);
        SecurityAssociation after = sa();
        assertEquals(AFTER, after.source());
        assertEquals(100, after.use().bytes());
        assertEquals(16, after.secrets().encryptKey().revealed().length);
        assertEquals(1, scene.harness.engine().sadb().size());
    }

    private SecurityAssociation sa() {
        SecurityAssociation found = scene.harness.sa(SaType.ESP, PEER, 5);
        assertNotNull(found);
        return found;
    }

    @Test
    void errors() {
        assertEquals(Errno.ENOENT, ask(MIGRATE).get(0).header().errno());
        addPolicyAndSa();
        String odd = "0218000010000000370000006c010000" + "08001200020002000000000000000000" + OLD;
        assertEquals(Errno.EINVAL, ask(odd + ENDS).get(0).header().errno());
        String elsewhere = MIGRATE.replace("0a0700", "0a0600");
        assertEquals(Errno.ENOENT, ask(elsewhere).get(0).header().errno());
        String nowhere = MIGRATE.replace("c0000209", "00000000");
        assertEquals(Errno.EINVAL, ask(nowhere).get(0).header().errno());
        assertNull(scene.harness.sa(SaType.ESP, AFTER, 5));
    }
}
