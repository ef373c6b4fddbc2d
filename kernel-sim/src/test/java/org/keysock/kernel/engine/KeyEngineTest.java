package org.keysock.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Flow;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Fault;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaFlags;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;

/** The core, with dialects that do what they are told. */
class KeyEngineTest {

    private static final Ipv4Address ONE = Ipv4Address.of(10, 0, 0, 1);
    private static final Ipv4Address TWO = Ipv4Address.of(10, 0, 0, 2);
    private static final BaseHeader HEADER = BaseHeader.of(MessageType.GET, SaType.ESP, 1, 2);

    private final ScriptedRules solaris =
            new ScriptedRules(
                    Setting.choice("solaris.mood", "how it feels", "good", "bad"),
                    Setting.number("solaris.wait", "seconds", 5, 1, 9));
    private final ScriptedRules linux = new ScriptedRules();
    private final Harness harness =
            new Harness(
                    Map.of(DialectName.SOLARIS, solaris, DialectName.LINUX, linux), List.of(ONE));
    private final KeyEngine engine = harness.engine();
    private final KeySocket asker = harness.open(DialectName.LINUX);

    private static SecurityAssociation sa(int spi, SaState state) {
        return new SecurityAssociation(
                DialectName.SOLARIS,
                SaType.ESP,
                new Spi(spi),
                ONE,
                TWO,
                Direction.OUTBOUND,
                state,
                SaFlags.NONE,
                0,
                new SaSecrets(
                        AuthAlgorithm.HMAC_MD5,
                        128,
                        KeyMaterial.of(new byte[] {1, 2, 3}),
                        EncryptionAlgorithm.NONE,
                        0,
                        0,
                        KeyMaterial.EMPTY,
                        96),
                SaDetails.NONE,
                0,
                0);
    }

    private static Reading broken(Fault fault) {
        return new Reading.Broken(HEADER, fault, 0, null, new Reading.Raw(new byte[0], 0, 0));
    }

    @Test
    void aDialectWithoutRulesCannotBeOpened() {
        assertThrows(IllegalArgumentException.class, () -> engine.open(DialectName.KLIPS));
    }

    @Test
    void socketsAreListedByAge() {
        KeySocket second = harness.open(DialectName.SOLARIS);
        KeySocket third = harness.open(DialectName.LINUX);
        assertEquals(List.of(asker, second, third), engine.sockets());
        assertEquals(List.of(asker, third), engine.sockets(DialectName.LINUX));
        engine.close(asker);
        engine.close(asker);
        assertEquals(List.of(second, third), engine.sockets());
    }

    @Test
    void aRefusalIsToldAsAnOutcome() {
        linux.next(
                request -> {
                    throw new Refusal(Errno.EBUSY, "base header: busy");
                });
        harness.ask(asker, SadbMessage.of(HEADER));
        Outcome told = linux.heard().get(0);
        assertEquals(Outcome.Event.REFUSED, told.event());
        assertEquals(Errno.EBUSY, told.errno());
        assertTrue(told.askedBy(asker));
    }

    @Test
    void brokenRecordsAreAnsweredRefusedOrDropped() {
        harness.ask(
                asker, broken(Fault.answered(Errno.EINVAL, Diagnostic.UNKNOWN_EXT, "somehow odd")));
        assertEquals(Diagnostic.UNKNOWN_EXT, linux.heard().get(0).diagnostic());
        harness.ask(asker, broken(Fault.refused(Errno.EMSGSIZE, "short")));
        assertEquals(List.of(Errno.EMSGSIZE), harness.sendFailures(asker));
        harness.ask(asker, broken(Fault.dropped("nothing")));
        assertEquals(1, linux.heard().size());
        assertEquals(List.of(), harness.sendFailures(asker));
    }

    @Test
    void onlyDialectsWithSocketsAreTold() {
        linux.next(request -> Outcome.of(Outcome.Event.FLUSHED, request, 0));
        harness.ask(asker, SadbMessage.of(HEADER));
        assertEquals(0, solaris.heard().size());
        harness.open(DialectName.SOLARIS);
        harness.ask(asker, SadbMessage.of(HEADER));
        assertEquals(1, solaris.heard().size());
        assertEquals(2, linux.heard().size());
    }

    @Test
    void keysLiveUntilTheRequestIsHandledAndNoLonger() {
        SecurityAssociation sa = sa(1, SaState.MATURE);
        engine.insert(sa);
        linux.next(
                request -> {
                    engine.remove(sa);
                    assertArrayEquals(new byte[] {1, 2, 3}, sa.secrets().authKey().revealed());
                    return Outcome.of(Outcome.Event.DELETED, request, sa);
                });
        harness.ask(asker, SadbMessage.of(HEADER));
        assertArrayEquals(new byte[3], sa.secrets().authKey().revealed());
    }

    @Test
    void aLarvalSaGrowsInItsPlace() {
        SecurityAssociation larval = sa(1, SaState.LARVAL);
        SecurityAssociation grown = sa(1, SaState.MATURE);
        assertTrue(engine.insert(larval));
        assertFalse(engine.insert(grown));
        Succession.of(larval, grown, engine);
        assertSame(grown, harness.sa(SaType.ESP, TWO, 1));
        SecurityAssociation another = sa(2, SaState.MATURE);
        assertThrows(IllegalArgumentException.class, () -> Succession.of(grown, another, engine));
    }

    @Test
    void homeDecidesWhenAnSaIsDue() {
        solaris.deadline(5000);
        SecurityAssociation sa = sa(1, SaState.MATURE);
        engine.insert(sa);
        assertTrue(engine.nextDeadline() <= 5000);
        harness.advanceMillis(4999);
        assertEquals(List.of(), solaris.due());
        harness.advanceMillis(1);
        assertEquals(List.of(sa), solaris.due());
        assertEquals(List.of(), linux.due());
        assertEquals(Long.MAX_VALUE, engine.nextDeadline());
    }

    @Test
    void packetsCannotUseLarvalAndDeadSas() {
        SecurityAssociation sa = sa(1, SaState.LARVAL);
        engine.insert(sa);
        assertFalse(engine.used(sa, 1, 1, harness.clock().now()));
        engine.state(sa, SaState.MATURE);
        assertTrue(engine.used(sa, 1, 1, harness.clock().now()));
    }

    @Test
    void flushCountsWhatItRemoves() {
        engine.insert(sa(1, SaState.MATURE));
        engine.insert(sa(2, SaState.LARVAL));
        assertEquals(0, Endings.flush(SaType.AH, engine));
        assertEquals(2, Endings.flush(SaType.UNSPEC, engine));
    }

    @Test
    void aWantIsToldOnceAndForgottenInTime() {
        Flow flow = new Flow(ONE, TWO, 6, 1, 2);
        Demand demand = Demand.transport(SaType.ESP);
        assertNull(engine.needSa(flow, demand, harness.clock().now()));
        linux.patience(3000);
        Acquire first = engine.needSa(flow, demand, harness.clock().now());
        assertNotNull(first);
        assertSame(first, engine.needSa(flow, demand, harness.clock().now()));
        assertEquals(1, linux.heard().size());
        assertEquals(3000, engine.nextDeadline());
        assertSame(first, engine.acquires().answered(1, TWO));
        assertNull(engine.acquires().answered(1, ONE));
        harness.advance(3);
        assertEquals(0, engine.acquires().all().size());
        assertEquals(Long.MAX_VALUE, engine.nextDeadline());
    }

    @Test
    void aDumpMarksItsSocketUntilItsEnd() {
        engine.insert(sa(1, SaState.MATURE));
        harness.holdDumps();
        Sadb.Walk walk = engine.sadb().walk(SaType.UNSPEC, Sadb.Order.INSERTION);
        engine.dump(asker, () -> walk.next() == null ? null : SadbMessage.of(HEADER), walk::close);
        assertTrue(asker.dumping());
        harness.drain(asker, 2);
        assertFalse(asker.dumping());
        assertEquals(1, harness.heard(asker).size());
    }

    @Test
    void switchesAreCheckedAndListed() {
        KernelSettings settings = settings("solaris.mood=bad", "solaris.wait=9");
        Setting mood = settings.switches().get(0);
        Setting wait = settings.switches().get(1);
        assertEquals("bad", settings.value(mood));
        assertEquals(9, settings.number(wait));
        assertEquals("good|bad", mood.range());
        assertEquals("1..9", wait.range());
        assertTrue(settings().is(mood, "good"));
        assertTrue(settings().mine(ONE));
        assertFalse(settings().mine(TWO));
        for (String wrong :
                List.of("solaris.mood=so-so", "solaris.wait=10", "solaris.wait=x", "x=1", "x")) {
            assertThrows(IllegalArgumentException.class, () -> settings(wrong), wrong);
        }
    }

    private KernelSettings settings(String... assignments) {
        return new KernelSettings(
                List.of(ONE), new Random(1), List.of(solaris, linux), List.of(assignments));
    }
}
