package org.keysock.kernel.engine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.engine.rfc2367.Rfc2367Rules;
import org.keysock.kernel.engine.solaris.SolarisRules;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import org.keysock.pfkey.wire.MessageWriter;

/**
 * The requests of the recorded dialogues in any order, with bytes changed, and packets in between:
 * nothing throws, in no dialect; every request is answered, and dumps show what there is.
 */
final class FuzzTest {

    private static final Dialect DIALECT = Dialect.of(DialectName.LINUX, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = 2367_2026;
    private static final int ROUNDS = 40_000;

    private final Random random = new Random(SEED);
    private final MessageReader reader = new MessageReader(DIALECT);
    private final MessageWriter writer = new MessageWriter(DIALECT);
    private final Harness harness =
            new Harness(
                    Map.of(
                            DialectName.LINUX,
                            new LinuxRules(),
                            DialectName.RFC2367,
                            new Rfc2367Rules(),
                            DialectName.SOLARIS,
                            new SolarisRules()),
                    List.of(Scene.HERE),
                    "linux.aead=on");
    private final KeyEngine engine = harness.engine();
    private final KeySocket asker = harness.open(DialectName.LINUX);
    private final List<KeySocket> others =
            List.of(
                    harness.open(DialectName.LINUX),
                    harness.open(DialectName.RFC2367),
                    harness.open(DialectName.SOLARIS));

    private SadbMessage bare(MessageType type) {
        return SadbMessage.of(BaseHeader.of(type, SaType.UNSPEC, 1, 1));
    }

    @Test
    void nothingThrowsAndEverythingIsAnswered() {
        List<byte[]> requests =
                Dialogue.all().stream()
                        .flatMap(dialogue -> dialogue.steps().stream())
                        .filter(step -> step.op().equals("send") && step.bytes().length >= 16)
                        .map(Dialogue.Step::bytes)
                        .toList();
        others.forEach(socket -> socket.registered().add(SaType.ESP));
        int carriedOut = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String what = "seed " + SEED + ", round " + round;
            byte[] record = requests.get(random.nextInt(requests.size())).clone();
            for (int change = random.nextInt(3); change > 0; change--) {
                record[random.nextInt(record.length)] = (byte) random.nextInt(32);
            }
            Reading reading = reader.read(record, 0, record.length);
            List<SadbMessage> answers = harness.ask(asker, reading);
            boolean refused = !harness.sendFailures(asker).isEmpty();
            assertTrue(refused || silent(reading) || !answers.isEmpty(), what);
            for (SadbMessage answer : answers) {
                assertNotNull(writer.toBytes(answer), what);
                carriedOut += answer.header().errno() == Errno.OK ? 1 : 0;
            }
            others.forEach(harness::heard);
            packet();
            if (random.nextInt(200) == 0) {
                dumpsShowAll(what);
                harness.advance(random.nextInt(40));
            }
            harness.heard(asker);
        }
        assertTrue(carriedOut > ROUNDS / 4, "too few carried out: " + carriedOut);
    }

    private static boolean silent(Reading reading) {
        return reading instanceof Reading.Whole whole
                && whole.message().type() == MessageType.ACQUIRE;
    }

    /** A packet leaves, and one arrives from somewhere. */
    private void packet() {
        Ipv4Address there = Ipv4Address.of(10, 0, 0, random.nextInt(4));
        Flow flow = new Flow(Scene.HERE, there, random.nextInt(20), random.nextInt(3), 80);
        Packets.send(engine, flow, random.nextInt(1500), harness.clock().now());
        try (Sadb.Walk walk = engine.sadb().walk(SaType.ESP, Sadb.Order.NEWEST_FIRST)) {
            SecurityAssociation sa = walk.next();
            if (sa != null) {
                engine.arrivedFrom(sa, Sockaddr.of(there, 4500), harness.clock().now());
            }
        }
    }

    private void dumpsShowAll(String what) {
        asker.promiscuous(false); // which would show everything twice
        harness.heard(asker);
        int sas = engine.sadb().size() + Waiting.all(SaType.UNSPEC, engine).size();
        assertEquals(Math.max(1, sas), shown(MessageType.DUMP), what);
        assertEquals(Math.max(1, engine.spd().size()), shown(MessageType.X_SPDDUMP), what);
    }

    private long shown(MessageType type) {
        return harness.ask(asker, bare(type)).stream()
                .filter(message -> message.type() == type)
                .count();
    }
}
