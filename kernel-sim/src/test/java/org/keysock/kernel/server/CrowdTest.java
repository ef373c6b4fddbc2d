package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keysock.pfkey.socket.PfKeyClient;
import org.keysock.pfkey.socket.PfKeyConnection;

/** Many clients, and clients that come and go. */
@Timeout(120)
final class CrowdTest {

    private static final int IDLE = 500;
    private static final int STORM = 2000;
    private static final long SEED = 20261121;

    private final TestKernel kernel = new TestKernel();

    CrowdTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    @Test
    void fiveHundredIdleConnectionsDoNotHinderOne() throws IOException {
        List<PfKeyConnection> idle = new ArrayList<>();
        int before = Descriptors.open();
        try (PfKeyClient active = kernel.client()) {
            for (int count = 0; count < IDLE; count++) {
                idle.add(count % 2 == 0 ? kernel.seqpacket() : kernel.stream());
            }
            kernel.awaitSessions(IDLE + 1);
            for (int spi = 1000; spi < 1100; spi++) {
                active.request(Messages.add(spi));
            }
            for (PfKeyConnection each : idle) {
                for (int spi = 1000; spi < 1100; spi++) {
                    assertEquals(spi, Messages.sequence(each.receive(10_000)));
                }
                each.close();
            }
            assertEquals(100, kernel.sas());
        }
        kernel.awaitSessions(0);
        Descriptors.awaitAtMost(before);
    }

    @Test
    void aStormOfConnectionsPasses() throws IOException {
        Random random = new Random(SEED);
        int added = 0;
        byte[] half = Arrays.copyOf(Messages.bytes(Messages.get(1)), 20);
        try (PfKeyClient steady = kernel.client()) {
            steady.request(Messages.add(999));
            // the first wait makes a selector, which counts
            assertEquals(null, steady.connection().receive(1));
            int before = Descriptors.open();
            for (int count = 0; count < STORM; count++) {
                try (PfKeyConnection passing =
                        random.nextBoolean() ? kernel.seqpacket() : kernel.stream()) {
                    switch (random.nextInt(4)) {
                        case 0 -> passing.send(Messages.add(1000 + added++));
                        case 1 -> passing.sendRecord(half);
                        case 2 -> passing.send(Messages.dump());
                        default -> steady.request(Messages.get(999));
                    }
                }
            }
            kernel.awaitSessions(1);
            steady.request(Messages.get(999));
            assertEquals(added + 1, kernel.sas(), "seed " + SEED);
            assertEquals(0, kernel.counter("faults"), "seed " + SEED);
            Descriptors.awaitAtMost(before);
        }
    }
}
