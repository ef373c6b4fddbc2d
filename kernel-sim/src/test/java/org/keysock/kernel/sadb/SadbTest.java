package org.keysock.kernel.sadb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/** What {@link Sadb} promises, case by case; {@link SadbAgainstListTest} does it at random. */
final class SadbTest {

    private final Sadb sadb = new Sadb();

    private SecurityAssociation add(SaType protocol, int spi, Direction direction) {
        SecurityAssociation sa = Samples.bare(protocol, spi, Samples.four(1), direction);
        assertTrue(sadb.insert(sa));
        return sa;
    }

    private SecurityAssociation esp(int spi) {
        return add(SaType.ESP, spi, Direction.OUTBOUND);
    }

    private static List<SecurityAssociation> rest(Sadb.Walk walk) {
        List<SecurityAssociation> shown = new ArrayList<>();
        for (SecurityAssociation sa = walk.next(); sa != null; sa = walk.next()) {
            shown.add(sa);
        }
        return shown;
    }

    private List<SecurityAssociation> shown(SaType protocol, Sadb.Order order) {
        try (Sadb.Walk walk = sadb.walk(protocol, order)) {
            return rest(walk);
        }
    }

    @Test
    void identityIsProtocolDestinationAndSpi() {
        SecurityAssociation sa = esp(0x2112);
        SecurityAssociation twin =
                Samples.bare(SaType.ESP, 0x2112, Samples.four(1), Direction.INBOUND);
        assertFalse(sadb.insert(twin));
        assertFalse(sadb.holds(twin));
        assertTrue(
                sadb.insert(Samples.bare(SaType.ESP, 0x2112, Samples.four(2), Direction.OUTBOUND)));
        assertTrue(
                sadb.insert(Samples.bare(SaType.AH, 0x2112, Samples.four(1), Direction.OUTBOUND)));
        assertSame(sa, sadb.find(SaType.ESP, Samples.four(1), new Spi(0x2112)));
        assertNull(sadb.find(SaType.ESP, Samples.six(1), new Spi(0x2112)));
        assertEquals(3, sadb.size());
        assertEquals(2, sadb.size(SaType.ESP));
        assertEquals(1, sadb.size(SaType.AH));
    }

    @Test
    void spiIsInUseWhateverTheDestination() {
        SecurityAssociation sa = esp(77);
        assertTrue(sadb.spiInUse(SaType.ESP, new Spi(77)));
        assertFalse(sadb.spiInUse(SaType.AH, new Spi(77)));
        sadb.remove(sa);
        assertFalse(sadb.spiInUse(SaType.ESP, new Spi(77)));
    }

    @Test
    void misuseIsRefused() {
        SecurityAssociation sa = esp(1);
        assertThrows(IllegalStateException.class, () -> sadb.insert(sa));
        assertThrows(IllegalStateException.class, () -> sadb.forget(sa));
        sadb.remove(sa);
        assertThrows(IllegalStateException.class, () -> sadb.remove(sa));
        assertThrows(IllegalStateException.class, () -> sadb.schedule(sa, 1));
    }

    @Test
    void ordersOfADump() {
        SecurityAssociation espOut = esp(1);
        SecurityAssociation ahIn = add(SaType.AH, 2, Direction.INBOUND);
        SecurityAssociation espIn = add(SaType.ESP, 3, Direction.INBOUND);
        SecurityAssociation espBoth = add(SaType.ESP, 4, Direction.BOTH);
        SecurityAssociation ahSix = Samples.bare(SaType.AH, 5, Samples.six(1), Direction.OUTBOUND);
        assertTrue(sadb.insert(ahSix));
        SecurityAssociation ahOut = add(SaType.AH, 6, Direction.OUTBOUND);

        assertEquals(
                List.of(espOut, ahIn, espIn, espBoth, ahSix, ahOut),
                shown(SaType.UNSPEC, Sadb.Order.INSERTION));
        assertEquals(
                List.of(ahOut, ahSix, espBoth, espIn, ahIn, espOut),
                shown(SaType.UNSPEC, Sadb.Order.NEWEST_FIRST));
        assertEquals(
                List.of(ahOut, ahIn, ahSix, espOut, espBoth, espIn),
                shown(SaType.UNSPEC, Sadb.Order.SHELVES));
        assertEquals(List.of(espOut, espBoth, espIn), shown(SaType.ESP, Sadb.Order.SHELVES));
        assertEquals(List.of(ahOut, ahSix, ahIn), shown(SaType.AH, Sadb.Order.NEWEST_FIRST));
        assertEquals(List.of(), shown(SaType.X_IPCOMP, Sadb.Order.INSERTION));
        assertEquals(List.of(), shown(SaType.unknown(99), Sadb.Order.INSERTION));
    }

    @Test
    void walkPassesOverWhatLeavesAndWhatComes() {
        for (Sadb.Order order : Sadb.Order.values()) {
            Sadb here = new Sadb();
            List<SecurityAssociation> all = new ArrayList<>();
            for (int spi = 1; spi <= 5; spi++) {
                SecurityAssociation sa =
                        Samples.bare(SaType.ESP, spi, Samples.four(1), Direction.OUTBOUND);
                here.insert(sa);
                all.add(order == Sadb.Order.NEWEST_FIRST ? 0 : all.size(), sa);
            }
            try (Sadb.Walk walk = here.walk(SaType.ESP, order)) {
                assertSame(all.get(0), walk.next());
                here.remove(all.get(0));
                here.remove(all.get(1));
                here.remove(all.get(2));
                here.insert(Samples.bare(SaType.ESP, 9, Samples.four(1), Direction.OUTBOUND));
                here.insert(all.get(2)); // comes back as a newcomer
                here.remove(all.get(4));
                assertEquals(List.of(all.get(3)), rest(walk), order.toString());
            }
        }
    }

    @Test
    void closedWalkShowsNothing() {
        esp(1);
        Sadb.Walk walk = sadb.walk(SaType.UNSPEC, Sadb.Order.INSERTION);
        walk.close();
        walk.close();
        assertNull(walk.next());
    }

    @Test
    void removingUnpairsAndUnschedules() {
        SecurityAssociation out = esp(1);
        SecurityAssociation in = add(SaType.ESP, 2, Direction.INBOUND);
        out.pairWith(in);
        sadb.schedule(out, 1000);
        sadb.remove(out);
        assertNull(in.partner());
        assertEquals(Long.MAX_VALUE, sadb.nextDue());
    }

    @Test
    void forgettingOverwritesTheKeysAfterRemovalOnly() {
        SecurityAssociation sa = Samples.keyed(5, Samples.four(5));
        sadb.insert(sa);
        sadb.remove(sa);
        assertFalse(zero(sa.secrets().authKey().revealed()));
        sadb.forget(sa);
        assertArrayEquals(new byte[20], sa.secrets().authKey().revealed());
        assertArrayEquals(new byte[16], sa.secrets().encryptKey().revealed());
    }

    private static boolean zero(byte[] bytes) {
        int all = 0;
        for (byte one : bytes) {
            all |= one;
        }
        return all == 0;
    }

    @Test
    void scheduleMovesAndHandsOverInOrder() {
        SecurityAssociation a = esp(1);
        SecurityAssociation b = esp(2);
        SecurityAssociation c = esp(3);
        sadb.schedule(a, 5000);
        sadb.schedule(b, 90_000_000);
        sadb.schedule(c, 5001);
        sadb.schedule(b, 4999);
        List<SecurityAssociation> due = new ArrayList<>();
        sadb.due(4998, due::add);
        assertEquals(List.of(), due);
        assertEquals(4999, sadb.nextDue());
        sadb.due(5000, due::add);
        assertEquals(List.of(b, a), due);
        sadb.unschedule(c);
        assertEquals(Long.MAX_VALUE, sadb.nextDue());
    }
}
