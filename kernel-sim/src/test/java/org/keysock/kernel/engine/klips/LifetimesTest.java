package org.keysock.kernel.engine.klips;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** Limits and what follows when they are passed: klips.md 3.11. */
class LifetimesTest {

    private final Scene scene = new Scene();

    private SecurityAssociation add(Lifetime... limits) {
        scene.told(Scene.add(SaType.ESP, 0x1000, limits));
        scene.harness.heard(scene.asker);
        return scene.find(SaType.ESP, 0x1000);
    }

    private static Lifetime hard(long bytes, long addTime, long useTime, int packets) {
        return Scene.limit(ExtensionType.LIFETIME_HARD, bytes, addTime, useTime, packets);
    }

    private static Lifetime soft(long bytes, long addTime, long useTime, int packets) {
        return Scene.limit(ExtensionType.LIFETIME_SOFT, bytes, addTime, useTime, packets);
    }

    private SadbMessage expired() {
        List<SadbMessage> heard = scene.harness.heard(scene.asker);
        assertEquals(1, heard.size(), heard.toString());
        assertEquals(MessageType.EXPIRE, heard.get(0).type());
        assertEquals(0, heard.get(0).header().pid());
        return heard.get(0);
    }

    @Test
    void fourHardPacketsLetFivePass() {
        SecurityAssociation sa = add(hard(0, 0, 0, 4));
        for (int packet = 1; packet <= 5; packet++) {
            assertTrue(scene.use(sa, 100), "packet " + packet);
        }
        assertFalse(scene.use(sa, 100));
        assertEquals(4, Scene.lifetime(expired(), ExtensionType.LIFETIME_HARD).packets());
        assertEquals(0, scene.size());
    }

    @Test
    void bytesMustBeExceededBeforeThePacket() {
        SecurityAssociation sa = add(hard(1000, 0, 0, 0), soft(500, 0, 0, 0));
        assertTrue(scene.use(sa, 500));
        assertTrue(scene.use(sa, 500));
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        assertTrue(scene.use(sa, 1)); // at 1000, which is not above 1000 and far above 500
        SadbMessage soft = expired();
        assertEquals(SaState.MATURE, Scene.sa(soft).state());
        assertEquals(1000, Scene.lifetime(soft, ExtensionType.LIFETIME_CURRENT).bytes());
        assertFalse(scene.use(sa, 1));
        assertEquals(SaState.DYING, Scene.sa(expired()).state());
    }

    /** Added in second 0, with a limit of 10: told in second 11. */
    @Test
    void timesAreTestedByTheClock() {
        add(hard(0, 20, 0, 0), soft(0, 10, 0, 0));
        scene.harness.advanceMillis(10_999);
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        scene.harness.advanceMillis(1);
        SadbMessage soft = expired();
        assertEquals(10, Scene.lifetime(soft, ExtensionType.LIFETIME_SOFT).addTime());
        scene.harness.advanceMillis(9_999);
        assertEquals(List.of(), scene.harness.heard(scene.asker));
        scene.harness.advanceMillis(1);
        assertEquals(2, expired().header().sequence());
        assertEquals(0, scene.size());
    }

    @Test
    void useTimeCountsFromTheFirstPacket() {
        SecurityAssociation sa = add(hard(0, 0, 10, 0));
        scene.harness.advance(100);
        assertTrue(scene.use(sa, 1));
        scene.harness.advanceMillis(5_500);
        assertTrue(scene.use(sa, 1));
        scene.harness.advanceMillis(5_499);
        assertEquals(1, scene.size());
        scene.harness.advanceMillis(1);
        Lifetime current = Scene.lifetime(expired(), ExtensionType.LIFETIME_CURRENT);
        assertEquals(0, current.addTime());
        assertEquals(100, current.useTime());
        assertEquals(2, current.packets());
        assertEquals(0, scene.size());
    }

    @Test
    void softLimitsAreCutToTheHardOnesAndZeroIsNone() {
        SecurityAssociation sa = add(hard(100, 0, 7, 5), soft(200, 30, 8, 9));
        Lifetime soft = sa.soft();
        assertEquals(new Lifetime(ExtensionType.LIFETIME_SOFT, 0, 100, 30, 7, 5), soft);
    }

    @Test
    void allocationsAreKeptAndNoLimit() {
        SecurityAssociation sa = add(new Lifetime(ExtensionType.LIFETIME_HARD, 1, 0, 0, 0, 0));
        for (int packet = 0; packet < 10; packet++) {
            assertTrue(scene.use(sa, 1));
        }
        assertEquals(1, requireNonNull(sa.hard()).allocations());
        assertEquals(Long.MAX_VALUE, scene.harness.engine().nextDeadline());
    }

    @Test
    void theLastSequenceNumberIsTheEndOfAnSaWithAWindow() {
        SecurityAssociation sa = add();
        sa.ownUse().sequence(0xffff_ffffL);
        assertTrue(scene.use(sa, 1));
        SadbMessage request = Scene.add(SaType.ESP, 0x2000);
        scene.told(
                SadbMessage.of(
                        request.header(),
                        request.extensions().stream()
                                .map(
                                        part ->
                                                part instanceof Extension.Sa named
                                                        ? new Extension.Sa(
                                                                named.spi(),
                                                                32,
                                                                named.state(),
                                                                named.auth(),
                                                                named.encrypt(),
                                                                named.flags())
                                                        : part)
                                .toList()));
        SecurityAssociation windowed = scene.find(SaType.ESP, 0x2000);
        windowed.ownUse().sequence(0xffff_ffffL);
        scene.harness.heard(scene.asker);
        assertFalse(scene.use(windowed, 1));
        expired();
        assertNull(scene.harness.sa(SaType.ESP, Scene.EAST, 0x2000));
    }

    @Test
    void larvalSasWaitAsLongAsItTakes() {
        scene.told(
                Scene.ask(
                        MessageType.GETSPI,
                        SaType.ESP,
                        Scene.src(Scene.WEST),
                        Scene.dst(Scene.EAST),
                        new Extension.SpiRange(new Spi(256), new Spi(256))));
        scene.harness.advance(1_000_000);
        assertEquals(1, scene.size());
        assertFalse(scene.use(scene.find(SaType.ESP, 256), 1));
    }

    @Test
    void aHugeLimitIsNone() {
        add(hard(-1, -1, Long.MAX_VALUE, -1));
        assertEquals(Long.MAX_VALUE, scene.harness.engine().nextDeadline());
    }
}
