package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keysock.pfkey.model.SadbMessage;

/** The queue of one receiver: what it holds, and what it costs (native-clients.md section 5). */
final class OutboundTest {

    private final Outbound outbound = new Outbound();

    @ParameterizedTest
    @CsvSource({"160, 278", "200, 167", "400, 167", "4096, 26"})
    void aDefaultSocketHoldsWhatTheKernelsWould(int length, int records) {
        int held = 0;
        while (outbound.hasRoom()) {
            outbound.add(new byte[length]);
            held++;
        }
        assertEquals(records, held);
    }

    @Test
    void advancesAcrossRecords() {
        byte[] first = {1, 2, 3, 4};
        byte[] second = {5, 6, 7, 8};
        outbound.add(first);
        outbound.add(second);
        outbound.advance(3);
        assertArrayEquals(first, outbound.first());
        assertEquals(3, outbound.written());
        outbound.advance(3);
        assertArrayEquals(second, outbound.first());
        assertEquals(2, outbound.written());
        outbound.advance(2);
        assertTrue(outbound.isEmpty());
        assertEquals(0, outbound.charge());
    }

    @Test
    void aDumpIsClosedOnceAtItsEnd() {
        ArrayDeque<SadbMessage> messages = new ArrayDeque<>(List.of(Messages.get(1)));
        int[] closed = {0};
        outbound.dump(messages::poll, () -> closed[0]++);
        assertTrue(outbound.unsent());
        assertEquals(Messages.get(1), outbound.nextOfDump());
        assertEquals(null, outbound.nextOfDump());
        assertEquals(null, outbound.nextOfDump());
        outbound.discard();
        assertEquals(1, closed[0]);
        assertFalse(outbound.unsent());
    }

    @Test
    void aDumpIsClosedWhenItsReceiverLeaves() {
        int[] closed = {0};
        outbound.dump(() -> Messages.get(1), () -> closed[0]++);
        outbound.discard();
        assertEquals(1, closed[0]);
        assertFalse(outbound.unsent());
    }
}
