package org.keysock.kernel.engine.klips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;

/**
 * Recorded requests with bytes changed: nothing throws, whoever asks learns how it ended, groups
 * stay whole.
 */
class FuzzTest {

    private static final long SEED = 20261121;
    private static final int ROUNDS = 20_000;

    private final Random random = new Random(SEED);
    private final Scene scene = new Scene();

    private static List<String> recorded() throws IOException {
        List<String> requests = new ArrayList<>();
        Path folder = Path.of(System.getProperty("pfkey.testdata"), "wire", "klips");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ", -1);
                    if (words[0].equals("request") && words[1].length() >= 32) {
                        requests.add(words[1]);
                    }
                }
            }
        }
        return requests;
    }

    @Test
    void everybodyLearnsHowItEnded() throws IOException {
        List<String> requests = recorded();
        assertFalse(requests.isEmpty());
        int done = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String what = "seed " + SEED + ", round " + round;
            byte[] record = HexFormat.of().parseHex(requests.get(random.nextInt(requests.size())));
            for (int change = random.nextInt(3); change > 0; change--) {
                record[random.nextInt(record.length)] = (byte) random.nextInt(32);
            }
            Reading reading = Scene.read(HexFormat.of().formatHex(record));
            List<SadbMessage> heard = scene.harness.ask(scene.asker, reading);
            List<Errno> failures = scene.harness.sendFailures(scene.asker);
            boolean alone =
                    reading instanceof Reading.Broken broken && broken.fault().refusedBySend();
            assertEquals(alone, heard.isEmpty() && !failures.isEmpty(), what);
            assertTrue(alone || !heard.isEmpty(), what);
            assertTrue(failures.size() <= 1, what);
            heard.forEach(message -> assertFalse(Scene.hex(message).isEmpty(), what));
            done += failures.isEmpty() ? 1 : 0;
            if (random.nextInt(50) == 0) {
                groupAny();
                scene.harness.advance(random.nextInt(100));
                requireWholeGroups(what);
            }
            scene.harness.engine().sockets().forEach(scene.harness::heard);
        }
        assertTrue(done > ROUNDS / 10, "too few carried out: " + done);
        for (KeySocket socket : List.of(scene.linux, scene.solaris, scene.rfc)) {
            scene.harness.ask(socket, Scene.ask(MessageType.DUMP, SaType.UNSPEC));
        }
    }

    /** Groups two SAs of those that are there, if that can be. */
    private void groupAny() {
        List<SecurityAssociation> all = sas();
        if (all.size() > 1) {
            SecurityAssociation one = all.get(random.nextInt(all.size()));
            SecurityAssociation two = all.get(random.nextInt(all.size()));
            SadbMessage like =
                    Scene.group(
                            one.protocol(), one.spi().value(), two.protocol(), two.spi().value());
            scene.harness.ask(scene.asker, like);
            scene.harness.sendFailures(scene.asker);
        }
    }

    private List<SecurityAssociation> sas() {
        List<SecurityAssociation> all = new ArrayList<>();
        try (Sadb.Walk walk =
                scene.harness.engine().sadb().walk(SaType.UNSPEC, Sadb.Order.INSERTION)) {
            for (SecurityAssociation sa = walk.next(); sa != null; sa = walk.next()) {
                all.add(sa);
            }
        }
        return all;
    }

    private void requireWholeGroups(String what) {
        Sadb sadb = scene.harness.engine().sadb();
        for (SecurityAssociation sa : sas()) {
            SecurityAssociation outer = sa.outer();
            if (outer != null) {
                assertTrue(sadb.holds(outer), what);
                assertSame(sa, outer.inner(), what);
            }
        }
    }
}
