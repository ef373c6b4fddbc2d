package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.PfKeyClient;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.SeqpacketConnection;

/** The road of a message: from a socket to the database and back, over both transports. */
@Timeout(60)
final class RoadTest {

    private final TestKernel kernel = new TestKernel();

    RoadTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    @Test
    void addsAndGetsOverBothTransports() throws IOException {
        try (PfKeyClient packets = new PfKeyClient(kernel.seqpacket());
                PfKeyClient stream = new PfKeyClient(kernel.stream())) {
            assertEquals(MessageType.ADD, packets.request(Messages.add(0x1000)).type());
            SadbMessage got = stream.request(Messages.get(0x1000));
            assertEquals(
                    Messages.add(0x1000).key(ExtensionType.KEY_AUTH),
                    got.key(ExtensionType.KEY_AUTH));
            assertEquals(1, kernel.sas());
        }
    }

    @Test
    void broadcastIsReadableWhenAcknowledgedSendReturns() throws IOException {
        try (SeqpacketConnection sender = kernel.seqpacket();
                SeqpacketConnection listener = kernel.seqpacket();
                PfKeyConnection streaming = kernel.stream()) {
            // connect(2) returns before accept(2): an answer shows that the server has them
            for (PfKeyConnection each : List.of(listener, streaming)) {
                each.send(Messages.get(1));
                assertNotNull(each.receive(PfKeyConnection.FOREVER));
            }
            for (int spi = 1000; spi < 1100; spi++) {
                assertEquals(Errno.OK, sender.sendAcknowledged(Messages.add(spi)));
                for (PfKeyConnection each : List.of(listener, streaming, sender)) {
                    assertEquals(spi, Messages.sequence(each.receive(0)));
                }
            }
        }
    }

    @Test
    void dumpShowsEverySaOverBothTransports() throws IOException {
        try (PfKeyClient client = kernel.client();
                PfKeyClient stream = new PfKeyClient(kernel.stream())) {
            for (int spi = 256; spi < 1256; spi++) {
                client.request(Messages.add(spi));
            }
            for (PfKeyClient each : List.of(client, stream)) {
                List<SadbMessage> shown = new ArrayList<>();
                each.dump(SaType.UNSPEC, shown::add);
                assertEquals(1000, shown.size());
            }
        }
    }

    @Test
    void virtualTimeExpiresAnSaAndTellsBeforeAdvanceReturns() throws IOException {
        try (SeqpacketConnection client = kernel.seqpacket()) {
            client.sendAcknowledged(Messages.addLasting(500, 60));
            assertEquals(500, Messages.sequence(client.receive(0)));
            kernel.advance(59);
            assertNull(client.receive(0));
            kernel.advance(1);
            assertEquals(MessageType.EXPIRE, Messages.in(client.receive(0)).type());
        }
    }
}
