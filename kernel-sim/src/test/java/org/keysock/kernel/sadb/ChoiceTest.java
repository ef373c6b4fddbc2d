package org.keysock.kernel.sadb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/** Which SA packets that leave get: case by case, and at random against a plain list. */
final class ChoiceTest {

    private static final List<SaState> STATES =
            List.of(
                    SaState.MATURE,
                    SaState.MATURE,
                    SaState.DYING,
                    SaState.LARVAL,
                    SaState.DEAD,
                    SaState.X_IDLE);

    private final Sadb sadb = new Sadb();
    private Random random = new Random(0);

    private SecurityAssociation add(int spi, SaState state, SaDetails details) {
        return add(spi, Samples.four(1), state, details);
    }

    private SecurityAssociation add(int spi, IpAddress source, SaState state, SaDetails details) {
        SecurityAssociation sa = Samples.choosable(spi, source, Samples.four(2), state, details);
        assertTrue(sadb.insert(sa));
        return sa;
    }

    private @Nullable SecurityAssociation chosen(int mode, int reqid) {
        return sadb.choose(demand(mode, reqid, 6, 1024, 80));
    }

    private static SaDemand demand(int mode, int reqid, int protocol, int source, int port) {
        return new SaDemand(
                SaType.ESP, mode, reqid, Samples.four(1), Samples.four(2), protocol, source, port);
    }

    @Test
    void newestMatureThenNewestDyingNeverLarvalOrDead() {
        SecurityAssociation old = add(1, SaState.MATURE, SaDetails.NONE);
        SecurityAssociation young = add(2, SaState.MATURE, SaDetails.NONE);
        add(3, SaState.LARVAL, SaDetails.NONE);
        add(4, SaState.DEAD, SaDetails.NONE);
        add(5, SaState.DYING, SaDetails.NONE);
        assertSame(young, chosen(1, 0));
        young.state(SaState.DYING);
        assertSame(old, chosen(1, 0));
        old.state(SaState.DEAD);
        assertEquals(5, spi(chosen(1, 0)));
        young.state(SaState.MATURE);
        assertSame(young, chosen(1, 0));
    }

    @Test
    void modeAndReqidAreTheDemands() {
        SecurityAssociation plain = add(1, SaState.MATURE, SaDetails.NONE);
        SecurityAssociation tunnel = add(2, SaState.MATURE, Samples.bound(2, 0, 4, 0, 0));
        SecurityAssociation unique = add(3, SaState.MATURE, Samples.bound(1, 7, 0, 0, 0));
        assertSame(plain, chosen(1, 0));
        assertSame(tunnel, chosen(2, 0));
        assertSame(unique, chosen(1, 7));
        assertNull(chosen(2, 7));
        assertNull(chosen(3, 0));
    }

    @Test
    void sameSourceBeforeNoSource() {
        IpAddress none = Samples.four(1).any();
        SecurityAssociation dying = add(1, SaState.DYING, SaDetails.NONE);
        SecurityAssociation anybody = add(2, none, SaState.MATURE, SaDetails.NONE);
        add(3, Samples.four(9), SaState.MATURE, SaDetails.NONE);
        assertSame(dying, chosen(1, 0));
        sadb.remove(dying);
        assertSame(anybody, chosen(1, 0));
    }

    @Test
    void boundToPortsIsForThesePackets() {
        SecurityAssociation bound = add(1, SaState.MATURE, Samples.bound(1, 0, 6, 0, 80));
        assertSame(bound, chosen(1, 0));
        assertNull(sadb.choose(demand(1, 0, 6, 1024, 81)));
        assertNull(sadb.choose(demand(1, 0, 0, 0, 0)));
    }

    @Test
    void inboundNeverAndGenerationFollowsChoices() {
        long generation = sadb.generation();
        assertTrue(sadb.insert(Samples.bare(SaType.ESP, 1, Samples.four(2), Direction.INBOUND)));
        SecurityAssociation larval = add(2, SaState.LARVAL, SaDetails.NONE);
        larval.ownUse().charge(100, 1, 1, 1);
        assertEquals(generation, sadb.generation());
        larval.state(SaState.MATURE);
        assertNotEquals(generation, sadb.generation());
        generation = sadb.generation();
        larval.details(Samples.bound(1, 7, 0, 0, 0));
        assertSame(larval, chosen(1, 7));
        assertNull(chosen(1, 0));
        assertNotEquals(generation, sadb.generation());
        generation = sadb.generation();
        sadb.remove(larval);
        assertNotEquals(generation, sadb.generation());
        larval.state(SaState.MATURE);
        assertNull(chosen(1, 7));
    }

    /** Few answers among many SAs, and groups of many. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void sameAnswersAsAList(long seed) {
        random = new Random(seed);
        int pairs = seed % 2 == 0 ? 2 : 40;
        List<SecurityAssociation> list = new ArrayList<>();
        int found = 0;
        for (int step = 0; step < 20_000; step++) {
            int dice = random.nextInt(10);
            if (dice < 4 && list.size() < 1500) {
                SecurityAssociation sa = any(step, pairs);
                assertTrue(sadb.insert(sa));
                list.add(sa);
            } else if (dice < 6 && !list.isEmpty()) {
                sadb.remove(list.remove(random.nextInt(list.size())));
            } else if (dice < 8 && !list.isEmpty()) {
                list.get(random.nextInt(list.size())).state(anyOf(STATES));
            } else {
                SaDemand demand = anyDemand(pairs);
                SecurityAssociation expected = plain(list, demand);
                assertSame(expected, sadb.choose(demand), demand::toString);
                found += expected == null ? 0 : 1;
            }
        }
        assertTrue(found > 500, "too few demands were met: " + found);
        list.forEach(sadb::remove);
        assertNull(sadb.choose(anyDemand(pairs)));
    }

    private SecurityAssociation any(int spi, int pairs) {
        IpAddress destination = address(pairs);
        IpAddress source =
                random.nextInt(5) == 0
                        ? destination.any()
                        : destination.bitLength() == 32
                                ? Samples.four(random.nextInt(2))
                                : Samples.six(random.nextInt(2));
        SaDetails details =
                random.nextInt(3) == 0
                        ? SaDetails.NONE
                        : Samples.bound(
                                random.nextInt(3),
                                random.nextInt(2),
                                random.nextInt(3),
                                random.nextInt(2),
                                random.nextInt(2));
        return Samples.choosable(spi, source, destination, anyOf(STATES), details);
    }

    private SaDemand anyDemand(int pairs) {
        IpAddress destination = address(pairs);
        boolean four = destination.bitLength() == 32;
        return new SaDemand(
                random.nextInt(20) == 0 ? SaType.AH : SaType.ESP,
                1 + random.nextInt(2),
                random.nextInt(2),
                four ? Samples.four(random.nextInt(2)) : Samples.six(random.nextInt(2)),
                destination,
                random.nextInt(3),
                random.nextInt(2),
                random.nextInt(2));
    }

    private IpAddress address(int pairs) {
        int number = random.nextInt(pairs);
        return random.nextInt(3) == 0 ? Samples.six(number) : Samples.four(number);
    }

    private <T> T anyOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The list is in order of age. */
    private static @Nullable SecurityAssociation plain(
            List<SecurityAssociation> list, SaDemand demand) {
        SecurityAssociation best = null;
        for (SecurityAssociation sa : list) {
            if (fits(sa, demand) && (best == null || rank(sa) <= rank(best))) {
                best = sa;
            }
        }
        return best;
    }

    private static int rank(SecurityAssociation sa) {
        return (sa.source().unspecified() ? 2 : 0) + (sa.state() == SaState.DYING ? 1 : 0);
    }

    private static boolean fits(SecurityAssociation sa, SaDemand demand) {
        SaDetails details = sa.details();
        int mode = details.mode() == 0 ? 1 : details.mode();
        return (sa.state() == SaState.MATURE || sa.state() == SaState.DYING)
                && sa.protocol() == demand.protocol()
                && sa.destination().equals(demand.destination())
                && (sa.source().unspecified() || sa.source().equals(demand.source()))
                && mode == demand.mode()
                && details.reqid() == demand.reqid()
                && (mode == 2
                        || (same(details.protocol(), demand.upperProtocol())
                                && same(details.sourcePort(), demand.sourcePort())
                                && same(details.destinationPort(), demand.destinationPort())));
    }

    private static boolean same(int bound, int actual) {
        return bound == 0 || bound == actual;
    }

    private static int spi(@Nullable SecurityAssociation sa) {
        return sa == null ? 0 : sa.spi().value();
    }
}
