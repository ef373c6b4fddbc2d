package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keysock.pfkey.socket.ConnectionClosed;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.StreamConnection;

/**
 * Clients that send and leave: what they sent is executed, as a kernel does inside {@code write}.
 * Each way to leave is one that loses messages in a plainer server (java-platform.md 1.2).
 */
@Timeout(120)
final class DepartureTest {

    private static final int REPETITIONS = 50;
    private static final int MESSAGES = 100;
    private static final int FIRST_SPI = 1000;
    private static final long LONG = 20_000;

    private final TestKernel kernel = new TestKernel();
    private int nextSpi = FIRST_SPI;

    DepartureTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    private enum Transport {
        SEQPACKET,
        STREAM
    }

    private PfKeyConnection open(Transport transport) throws IOException {
        return transport == Transport.SEQPACKET ? kernel.seqpacket() : kernel.stream();
    }

    private void sendAll(PfKeyConnection connection) throws IOException {
        for (int count = 0; count < MESSAGES; count++) {
            connection.send(Messages.add(nextSpi++));
        }
    }

    /** A monitor hears of every SA, in order: then each message has been executed. */
    private void assertAllExecuted(PfKeyConnection monitor) throws IOException {
        for (int spi = nextSpi - MESSAGES; spi < nextSpi; spi++) {
            assertEquals(spi, Messages.sequence(monitor.receive(LONG)));
        }
        assertEquals(nextSpi - FIRST_SPI, kernel.sas());
    }

    private static void ask(PfKeyConnection connection) throws IOException {
        connection.send(Messages.get(1));
        assertEquals(1, Messages.sequence(connection.receive(LONG)));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aHundredMessagesAndGone(Transport transport) throws IOException {
        try (PfKeyConnection monitor = kernel.stream()) {
            ask(monitor);
            for (int repetition = 0; repetition < REPETITIONS; repetition++) {
                try (PfKeyConnection leaver = open(transport)) {
                    sendAll(leaver);
                }
                assertAllExecuted(monitor);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void goneBeforeItWasAccepted(Transport transport) throws IOException {
        try (PfKeyConnection monitor = kernel.stream()) {
            ask(monitor);
            for (int repetition = 0; repetition < REPETITIONS; repetition++) {
                kernel.onLoop(
                        () -> {
                            try (PfKeyConnection leaver = open(transport)) {
                                sendAll(leaver);
                            }
                        });
                assertAllExecuted(monitor);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void goneWithoutUnreadReplies(Transport transport) throws IOException {
        try (PfKeyConnection monitor = kernel.stream()) {
            ask(monitor);
            for (int repetition = 0; repetition < REPETITIONS; repetition++) {
                PfKeyConnection leaver = open(transport);
                ask(leaver);
                kernel.onLoop(
                        () -> {
                            sendAll(leaver);
                            leaver.close();
                        });
                assertAllExecuted(monitor);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void goneWithUnreadReplies(Transport transport) throws IOException {
        try (PfKeyConnection monitor = kernel.stream()) {
            ask(monitor);
            for (int repetition = 0; repetition < REPETITIONS; repetition++) {
                PfKeyConnection leaver = open(transport);
                ask(leaver);
                // the answer to this one is in the leaver's queue when the monitor hears of it
                leaver.send(Messages.add(nextSpi++));
                assertEquals(nextSpi - 1, Messages.sequence(monitor.receive(LONG)));
                kernel.onLoop(
                        () -> {
                            sendAll(leaver);
                            leaver.close();
                        });
                assertAllExecuted(monitor);
            }
        }
    }

    @Test
    void halfClosedStreamGetsAllAnswersThenTheEnd() throws IOException {
        try (StreamConnection client = kernel.stream()) {
            sendAll(client);
            client.shutdownOutput();
            for (int spi = FIRST_SPI; spi < nextSpi; spi++) {
                assertEquals(spi, Messages.sequence(client.receive(LONG)));
            }
            assertThrows(ConnectionClosed.class, () -> client.receive(LONG));
        }
    }

    @Test
    void halfClosedSeqpacketGetsAllAnswersThenTheEnd() throws IOException {
        try (RawClient client = new RawClient(kernel.seqpacketPath())) {
            for (int spi = FIRST_SPI; spi < FIRST_SPI + MESSAGES; spi++) {
                client.send(Messages.bytes(Messages.add(spi)));
            }
            client.shutdownOutput();
            int answers = 0;
            while (client.receive() > 0) {
                answers++;
            }
            assertEquals(MESSAGES, answers);
        }
    }

    @Test
    void halfAMessageAtTheEndOfAStreamIsNoMessage() throws IOException {
        try (PfKeyConnection monitor = kernel.seqpacket()) {
            ask(monitor);
            byte[] add = Messages.bytes(Messages.add(FIRST_SPI));
            byte[] half = Arrays.copyOf(add, add.length - 8);
            try (StreamConnection leaver = kernel.stream()) {
                leaver.sendRecord(half);
            }
            kernel.awaitSessions(1);
            assertEquals(0, kernel.sas());
            assertEquals(0, kernel.counter("faults"));
        }
    }
}
