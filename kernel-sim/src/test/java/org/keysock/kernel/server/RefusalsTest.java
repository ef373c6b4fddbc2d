package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.wire.Dialect;

/** Why requests are refused, as it leaves the server for people: docs/control.md. */
@Timeout(60)
final class RefusalsTest {

    private static final String SUBSCRIBE = "{\"verb\":\"refusals\"}";
    private static final int MANY = 5_000;

    private final TestKernel kernel = new TestKernel();

    RefusalsTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    private static void refuse(SeqpacketConnection client, int spi) throws IOException {
        client.sendAcknowledged(Messages.get(spi));
        assertEquals(Errno.ESRCH, Messages.in(client.receive(0)).header().errno());
    }

    @Test
    void subscribersHearALineForEach() throws IOException {
        try (TestKernel.Control control = new TestKernel.Control(kernel.folder());
                SeqpacketConnection client = kernel.seqpacket()) {
            assertTrue(control.ask(SUBSCRIBE).get("ok").getAsBoolean());
            refuse(client, 0x77);
            JsonObject news = control.next();
            assertFalse(news.has("lost"));
            int pid = Messages.get(0x77).header().pid();
            int seq = Messages.get(0x77).header().sequence();
            assertEquals(
                    "{\"dialect\":\"solaris\",\"session\":1,\"pid\":"
                            + pid
                            + ",\"type\":\"GET\",\"saType\":\"AH\",\"seq\":"
                            + seq
                            + ",\"errno\":\"ESRCH\",\"reason\":"
                            + "\"SA: there is no SA AH 0x77 to 10.0.0.2\"}",
                    news.get("refused").toString());
            assertTrue(control.ask("{\"verb\":\"clock\"}").has("clock"), "still usable");
        }
        assertEquals(1, kernel.counter("refused"));
        assertEquals(0, kernel.counter("untold"));
    }

    @Test
    void oneDialectMayBeChosen() throws IOException {
        try (TestKernel.Control control = new TestKernel.Control(kernel.folder());
                SeqpacketConnection client = kernel.seqpacket();
                SeqpacketConnection other =
                        SeqpacketConnection.open(
                                kernel.folder().resolve("linux.sock"),
                                Dialect.of(DialectName.LINUX))) {
            assertFalse(
                    control.ask("{\"verb\":\"refusals\",\"dialect\":\"latin\"}")
                            .get("ok")
                            .getAsBoolean());
            control.ask("{\"verb\":\"refusals\",\"dialect\":\"linux\"}");
            refuse(client, 1);
            assertEquals(Errno.EMSGSIZE, other.sendRecordAcknowledged(new byte[] {2}));
            JsonObject refused = control.next().getAsJsonObject("refused");
            assertEquals("linux", refused.get("dialect").getAsString());
            assertEquals(
                    "base header at byte 0 of 1: shorter than a base header",
                    refused.get("reason").getAsString());
        }
    }

    @Test
    void aSubscriberMayGoAway() throws IOException {
        try (SeqpacketConnection client = kernel.seqpacket()) {
            try (TestKernel.Control control = new TestKernel.Control(kernel.folder())) {
                control.ask(SUBSCRIBE);
            }
            refuse(client, 1);
            refuse(client, 2);
        }
        assertEquals(0, kernel.counter("faults"));
    }

    @Test
    void aSlowSubscriberLosesLinesAndHearsHowMany() throws IOException {
        try (TestKernel.Control control = new TestKernel.Control(kernel.folder());
                SeqpacketConnection client = kernel.seqpacket()) {
            control.ask(SUBSCRIBE);
            for (int spi = 1; spi <= MANY; spi++) {
                refuse(client, spi);
            }
            long untold = kernel.counter("untold");
            assertTrue(untold > 0 && untold < MANY, untold + " lost");
            for (long told = 0; told < MANY - untold; told++) {
                assertFalse(control.next().has("lost"));
            }
            refuse(client, MANY + 1);
            assertEquals(untold, control.next().get("lost").getAsLong());
        }
    }

    @Test
    void theDebugLogHasALineForEach() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(Refusals.class.getName());
        Level before = log.getLevel();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        lines.add(record.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        log.addHandler(handler);
        try (SeqpacketConnection client = kernel.seqpacket()) {
            refuse(client, 1);
            assertEquals(List.of(), lines);
            log.setLevel(Level.FINE);
            refuse(client, 0x77);
            client.sendRecordAcknowledged(new byte[] {2});
        } finally {
            log.setLevel(before);
            log.removeHandler(handler);
        }
        int pid = Messages.get(0x77).header().pid();
        int seq = Messages.get(0x77).header().sequence();
        assertEquals(
                List.of(
                        "refused solaris #1 pid "
                                + pid
                                + " GET AH seq "
                                + seq
                                + ": ESRCH: SA: there is no SA AH 0x77 to 10.0.0.2",
                        "dropped solaris #1 pid 0 unknown(0) UNSPEC seq 0:"
                                + " base header at byte 0 of 1: shorter than a base header"),
                lines);
    }
}
