package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.PfKeyClient;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.SeqpacketConnection;

/** Clients that do not take what is sent to them: others do not notice. */
@Timeout(120)
final class SlowReaderTest {

    private static final int FIRST_SPI = 1000;
    private static final long LONG = 20_000;

    private final TestKernel kernel = new TestKernel();

    SlowReaderTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    private static void ask(PfKeyConnection connection) throws IOException {
        connection.send(Messages.get(1));
        assertEquals(1, Messages.sequence(connection.receive(LONG)));
    }

    private JsonObject session(int id) throws IOException {
        for (JsonElement each :
                kernel.control("{\"verb\":\"sessions\"}").getAsJsonArray("sessions")) {
            if (each.getAsJsonObject().get("id").getAsInt() == id) {
                return each.getAsJsonObject();
            }
        }
        throw new AssertionError("no session " + id);
    }

    @Test
    void newsForAReaderThatDoesNotReadIsDroppedAndCounted() throws IOException {
        int sent = 2000;
        try (SeqpacketConnection deafened = kernel.seqpacket()) {
            ask(deafened);
            try (SeqpacketConnection sender = kernel.seqpacket();
                    PfKeyConnection listener = kernel.stream()) {
                ask(listener);
                for (int spi = FIRST_SPI; spi < FIRST_SPI + sent; spi++) {
                    assertEquals(Errno.OK, sender.sendAcknowledged(Messages.add(spi)));
                    assertEquals(spi, Messages.sequence(sender.receive(0)));
                    assertEquals(spi, Messages.sequence(listener.receive(0)));
                }
            }
            int dropped = session(1).get("dropped").getAsInt();
            int queued = session(1).get("queued").getAsInt();
            assertTrue(queued >= 167, () -> queued + " queued");
            assertTrue(dropped > 0 && dropped < sent, () -> dropped + " dropped");
            assertEquals(dropped, kernel.counter("dropped"));
            for (int heard = 0; heard < sent - dropped; heard++) {
                assertEquals(FIRST_SPI + heard, Messages.sequence(deafened.receive(LONG)));
            }
            assertEquals(null, deafened.receive(0));
        }
    }

    @Test
    void whoDoesNotTakeAnswersIsNotReadUntilItDoes() throws IOException {
        try (RawClient flooding = new RawClient(kernel.seqpacketPath());
                PfKeyConnection other = kernel.seqpacket()) {
            flooding.neverBlock();
            byte[] get = Messages.bytes(Messages.get(1));
            int asked = 0;
            boolean paused = false;
            while (!paused) {
                while (flooding.offer(get)) {
                    asked++;
                }
                paused = session(1).get("paused").getAsBoolean();
            }
            ask(other);
            int answers = 0;
            while (answers < asked) {
                if (flooding.receive() > 0) {
                    answers++;
                }
            }
            assertEquals(asked + 1, kernel.counter("messagesIn"));
        }
    }

    @Test
    void whoWaitsForAcknowledgementsLosesAnswersInsteadOfWaitingForItself() throws IOException {
        int asked = 5000;
        try (SeqpacketConnection client = kernel.seqpacket()) {
            for (int count = 0; count < asked; count++) {
                assertEquals(Errno.OK, client.sendAcknowledged(Messages.get(1)));
            }
            int dropped = session(1).get("dropped").getAsInt();
            assertTrue(dropped > 0, "none dropped");
            for (int answers = 0; answers < asked - dropped; answers++) {
                Messages.in(client.receive(LONG));
            }
            assertEquals(null, client.receive(0));
            assertEquals(asked, kernel.counter("messagesIn"));
        }
    }

    @Test
    void leavingInMidDumpDisturbsNobody() throws IOException {
        int sas = 5000;
        try (PfKeyClient stayer = kernel.client()) {
            for (int spi = FIRST_SPI; spi < FIRST_SPI + sas; spi++) {
                stayer.request(Messages.add(spi));
            }
            for (PfKeyConnection leaver : List.of(kernel.seqpacket(), kernel.stream())) {
                leaver.send(Messages.dump());
                Messages.in(leaver.receive(LONG));
                leaver.close();
            }
            kernel.awaitSessions(1);
            List<SadbMessage> shown = new ArrayList<>();
            stayer.dump(SaType.UNSPEC, shown::add);
            assertEquals(sas, shown.size());
            assertEquals(0, kernel.counter("faults"));
        }
    }

    @Test
    void aDumpNobodyReadsHoldsNobodyUp() throws IOException {
        int sas = 3000;
        try (PfKeyClient other = kernel.client();
                SeqpacketConnection dumping = kernel.seqpacket()) {
            for (int spi = FIRST_SPI; spi < FIRST_SPI + sas; spi++) {
                other.request(Messages.add(spi));
            }
            assertEquals(Errno.OK, dumping.sendAcknowledged(Messages.dump()));
            assertTrue(session(2).get("dumping").getAsBoolean());
            other.request(Messages.get(FIRST_SPI));
            other.request(Messages.add(FIRST_SPI + sas));
            // and it goes on where it stood, without the SA that came meanwhile
            int shown = 0;
            SadbMessage message;
            do {
                message = Messages.in(dumping.receive(LONG));
                shown += message.type() == Messages.dump().type() ? 1 : 0;
            } while (message.type() != Messages.dump().type() || message.size() > 0);
            assertEquals(sas + 1, shown);
        }
    }
}
