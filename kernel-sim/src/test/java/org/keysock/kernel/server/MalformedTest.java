package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.PfKeyClient;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.wire.MessageReader;

/** Bytes that are no messages, or not the ones they were: nobody is disturbed, no SA is lost. */
@Timeout(120)
final class MalformedTest {

    private static final long SEED = 2367;
    private static final int RECORDS = 20_000;
    private static final int SAS = 100;
    private static final int FIRST_SPI = 1000;

    /** What may take an SA away or change it, rightly. */
    private static final Set<MessageType> CHANGING =
            Set.of(
                    MessageType.FLUSH,
                    MessageType.DELETE,
                    MessageType.X_DELPAIR,
                    MessageType.X_DELPAIR_STATE,
                    MessageType.UPDATE,
                    MessageType.X_UPDATEPAIR);

    private final TestKernel kernel = new TestKernel();
    private final MessageReader reader = new MessageReader(TestKernel.DIALECT);
    private final Random random = new Random(SEED);

    MalformedTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    private static final List<SadbMessage> SOUND =
            List.of(
                    Messages.add(5),
                    Messages.addLasting(6, 100),
                    Messages.get(FIRST_SPI),
                    Messages.register(),
                    Messages.dump());

    /** Random bytes, or a sound message with some of its bytes changed or cut off. */
    private byte[] damaged() {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = Messages.bytes(SOUND.get(random.nextInt(SOUND.size())));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(3) == 0
                ? Arrays.copyOf(bytes, random.nextInt(2 * bytes.length))
                : bytes;
    }

    private boolean mayChange(byte[] record) {
        return reader.read(record, 0, record.length) instanceof Reading.Whole whole
                && CHANGING.contains(whole.message().type());
    }

    private void addAll(PfKeyClient client) throws IOException {
        for (int spi = FIRST_SPI; spi < FIRST_SPI + SAS; spi++) {
            client.request(Messages.add(spi));
        }
    }

    private void assertAllThere(PfKeyClient client) throws IOException {
        for (int spi = FIRST_SPI; spi < FIRST_SPI + SAS; spi++) {
            client.request(Messages.get(spi));
        }
        assertEquals(0, kernel.counter("faults"), "seed " + SEED);
    }

    @Test
    void noRecordDisturbsAnybody() throws IOException {
        try (PfKeyClient client = kernel.client();
                SeqpacketConnection sender = kernel.seqpacket()) {
            addAll(client);
            for (int count = 0; count < RECORDS; count++) {
                byte[] record = damaged();
                if (record.length > 0 && !mayChange(record)) {
                    sender.sendRecordAcknowledged(record);
                    while (sender.receiveRecord(0) != null) {
                        assertEquals(0, kernelFaults(count));
                    }
                }
            }
            assertAllThere(client);
        }
    }

    private long kernelFaults(int count) throws IOException {
        return count % 1000 == 0 ? kernel.counter("faults") : 0;
    }

    @Test
    void noStreamDisturbsAnybody() throws IOException {
        try (PfKeyClient client = kernel.client()) {
            addAll(client);
            for (int count = 0; count < RECORDS / 20; count++) {
                byte[] record = damaged();
                if (!mayChange(record)) {
                    try (StreamConnection sender = kernel.stream()) {
                        sender.sendRecord(record);
                    }
                }
            }
            kernel.awaitSessions(1);
            assertAllThere(client);
        }
    }

    @Test
    void aStreamWhoseFramesAreLostIsAnsweredAndEnded() throws IOException {
        try (StreamConnection client = kernel.stream()) {
            byte[] get = Messages.bytes(Messages.get(1));
            get[4] = 1;
            get[5] = 0;
            client.sendRecord(get);
            kernel.awaitSessions(0);
            assertEquals(1, kernel.counter("malformed"));
        }
    }
}
