package org.keysock.kernel.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.socket.SeqpacketConnection;

/** The socket of tables: docs/tables.md. */
@Timeout(120)
final class TableSocketTest {

    private static final int FIRST_SPI = 1000;
    private static final int MANY = 20_000;
    private static final long LONG = 20_000;
    private static final long SEED = 20261121;
    private static final int JUNK = 2000;
    private static final List<String> NAMES =
            List.of("ipsec_spi\n", "ipsec_spigrp\n", "pf_key\n", "ipsec_eroute\n", "pfkey\n");

    private final TestKernel kernel = new TestKernel();

    TableSocketTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    private SocketChannel connected() throws IOException {
        Path path = kernel.folder().resolve(PfKeyServer.TABLES_SOCKET);
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    private static String rest(SocketChannel channel) throws IOException {
        byte[] bytes = Channels.newInputStream(channel).readAllBytes();
        return new String(bytes, US_ASCII);
    }

    private String ask(String text) throws IOException {
        try (SocketChannel channel = connected()) {
            send(channel, text);
            return rest(channel);
        }
    }

    private void add(int count) throws IOException {
        try (SeqpacketConnection client = kernel.seqpacket()) {
            for (int spi = FIRST_SPI; spi < FIRST_SPI + count; spi++) {
                assertEquals(Errno.OK, client.sendAcknowledged(Messages.add(spi)));
                assertEquals(spi, Messages.sequence(client.receive(LONG)));
            }
        }
    }

    @Test
    void aTableIsSentAndTheConnectionClosed() throws IOException {
        assertEquals("", ask("ipsec_spi\n"));
        add(2);

        assertEquals(2, ask("ipsec_spi\n").lines().count());
        assertTrue(ask("ipsec_spi\n").startsWith("ah0x3e8@"));
        assertTrue(ask("ipsec_spigrp\n").matches("(ah0x[0-9a-f]+@[0-9.:a-f]+ \n){2}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "pfkey\n",
                "IPSEC_SPI\n",
                "ipsec_spi \n",
                "ipsec_spi\r\n",
                "../ipsec_spi\n",
                "\0\u007f\n",
                "0123456789012345678901234567890123456789012345678901234567890123456789"
            })
    void whatIsNoTableIsAnsweredSo(String request) throws IOException {
        assertTrue(ask(request).matches("\\? no such table; there are \\[ipsec_.*]\n"));
        assertEquals(0, kernel.counter("faults"));
    }

    @Test
    void aNameMayComeInPiecesAndIsNotWaitedForByOthers() throws IOException {
        try (SocketChannel slow = connected()) {
            send(slow, "ipsec_");
            assertTrue(ask("ipsec_version\nmore").startsWith("Openswan version: "));
            send(slow, "version");
            assertEquals("", ask("ipsec_eroute\n"));
            send(slow, "\n");
            assertTrue(rest(slow).startsWith("Openswan version: "));
        }
        try (SocketChannel silent = connected()) {
            silent.shutdownOutput();
            assertEquals("", rest(silent));
        }
    }

    /** Noise, names cut short, and leaving at any moment: the next who asks is answered. */
    @Test
    void junkDisturbsNobody() throws IOException {
        add(200);
        String table = ask("ipsec_spi\n");
        Random random = new Random(SEED);
        List<SocketChannel> silent = new ArrayList<>();
        for (int count = 0; count < JUNK; count++) {
            byte[] junk = new byte[random.nextInt(100)];
            random.nextBytes(junk);
            if (random.nextBoolean()) {
                byte[] name = NAMES.get(random.nextInt(NAMES.size())).getBytes(US_ASCII);
                junk = Arrays.copyOf(name, random.nextInt(name.length + 1));
            }
            SocketChannel channel = connected();
            try {
                channel.write(ByteBuffer.wrap(junk));
                channel.write(ByteBuffer.wrap(junk));
            } catch (IOException closed) {
                // it had its answer
            }
            if (random.nextInt(10) == 0) {
                silent.add(channel);
            } else {
                channel.close();
            }
            if (count % 100 == 0) {
                assertEquals(table, ask("ipsec_spi\n"), "seed " + SEED);
            }
        }
        assertEquals(0, kernel.counter("faults"), "seed " + SEED);
        for (SocketChannel channel : silent) {
            channel.close();
        }
        assertEquals(table, ask("ipsec_spi\n"));
    }

    /**
     * Whoever reads a table while the kernel goes away sees an end, not a table that looks whole.
     */
    @Test
    void aTableEndsWithItsKernel() throws IOException {
        add(MANY);
        try (SocketChannel reader = connected()) {
            send(reader, "ipsec_spi\n");
            reader.read(ByteBuffer.allocate(9));
            kernel.stop();
            String text = rest(reader);
            assertTrue(text.lines().count() < MANY);
        } catch (IOException reset) {
            assertEquals("Connection reset", reset.getMessage());
        }
    }

    @Test
    void aReaderThatStopsHoldsNobodyUpAndSeesWhatIsLeft() throws IOException {
        add(MANY);
        try (SocketChannel leaver = connected()) {
            send(leaver, "ipsec_spi\n");
        }
        try (SocketChannel reader = connected();
                SeqpacketConnection other = kernel.seqpacket()) {
            send(reader, "ipsec_spi\n");
            ByteBuffer first = ByteBuffer.allocate(9);
            reader.read(first);
            assertEquals("ah0x3e8@", new String(first.array(), 0, 8, US_ASCII));
            other.send(Messages.flush());
            assertEquals(1, Messages.sequence(other.receive(LONG)));
            assertEquals(Errno.OK, other.sendAcknowledged(Messages.add(FIRST_SPI)));
            String text = rest(reader);
            assertTrue(text.endsWith("\n"));
            assertTrue(text.lines().count() < MANY);
        }
        assertEquals(1, ask("ipsec_spi\n").lines().count());
        assertEquals(0, kernel.counter("faults"));
    }
}
