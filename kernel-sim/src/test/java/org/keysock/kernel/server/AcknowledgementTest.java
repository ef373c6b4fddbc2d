package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.socket.SeqpacketConnection;

/** Descriptors passed with a message: acknowledged, and never kept (decisions.md 19). */
@Timeout(60)
final class AcknowledgementTest {

    private static final int SOLARIS_EMSGSIZE = 97;
    private static final int LINUX_EMSGSIZE = 90;

    private final TestKernel kernel = new TestKernel();

    AcknowledgementTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    private static int sendWith(RawClient client, byte[] record, int descriptors)
            throws IOException {
        List<RawClient.Receipt> receipts = new ArrayList<>();
        FileDescriptor[] passed = new FileDescriptor[descriptors];
        for (int index = 0; index < descriptors; index++) {
            receipts.add(new RawClient.Receipt());
            passed[index] = receipts.get(index).writingEnd();
        }
        client.send(record, passed);
        int first = RawClient.Receipt.NOTHING;
        for (int index = 0; index < descriptors; index++) {
            RawClient.Receipt receipt = receipts.get(index);
            receipt.passed();
            int taken = receipt.take();
            if (index == 0) {
                first = taken;
            } else {
                assertEquals(RawClient.Receipt.NOTHING, taken);
            }
            receipt.close();
        }
        return first;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 62, 63, 253})
    void theFirstDescriptorGetsTheErrnoAndAllAreClosed(int descriptors) throws IOException {
        try (RawClient client = new RawClient(kernel.seqpacketPath())) {
            assertEquals(0, sendWith(client, Messages.bytes(Messages.register()), 1));
            int before = Descriptors.open();
            for (int spi = 1000; spi < 1010; spi++) {
                assertEquals(0, sendWith(client, Messages.bytes(Messages.add(spi)), descriptors));
            }
            Descriptors.awaitAtMost(before);
            assertEquals(10, kernel.sas());
        }
    }

    @Test
    void aRecordThatSendRefusesIsAcknowledgedWithTheErrno() throws IOException {
        byte[] cut = Arrays.copyOf(Messages.bytes(Messages.add(1000)), 40);
        try (RawClient client = new RawClient(kernel.seqpacketPath());
                SeqpacketConnection other = kernel.seqpacket()) {
            assertEquals(0, sendWith(client, Messages.bytes(Messages.register()), 1));
            assertEquals(Errno.OK, other.sendAcknowledged(Messages.register()));
            int before = Descriptors.open();
            int errno = sendWith(client, cut, 3);
            Descriptors.awaitAtMost(before);
            assertEquals(other.sendRecordAcknowledged(cut), named(errno));
            assertTrue(errno == 0 || errno == SOLARIS_EMSGSIZE, () -> "errno " + errno);
            assertEquals(0, kernel.sas());
        }
    }

    @Test
    void anEventCounterGetsTheErrnoAndOne() throws IOException {
        try (RawClient client = new RawClient(kernel.folder().resolve("linux.sock"));
                RawClient.EventCounter counter = new RawClient.EventCounter()) {
            client.send(Messages.bytes(Messages.register()), counter.descriptor());
            assertEquals(1, counter.take());
            client.send(new byte[15], counter.descriptor());
            assertEquals(LINUX_EMSGSIZE + 1, counter.take());
        }
    }

    private static Errno named(int errno) {
        return TestKernel.DIALECT.errnos().code(errno);
    }

    @Test
    void anEmptyRecordIsNotTheEnd() throws IOException {
        try (RawClient client = new RawClient(kernel.seqpacketPath())) {
            client.sendEmpty();
            assertEquals(0, sendWith(client, Messages.bytes(Messages.add(1000)), 1));
            assertEquals(1, kernel.sas());
        }
    }

    @Test
    void aDescriptorThatWouldBlockHoldsNobodyUp() throws IOException {
        try (RawClient client = new RawClient(kernel.seqpacketPath());
                RawClient.Receipt full = new RawClient.Receipt()) {
            full.fill();
            client.send(Messages.bytes(Messages.add(1000)), full.writingEnd());
            assertEquals(0, sendWith(client, Messages.bytes(Messages.add(1001)), 1));
            assertEquals(2, kernel.sas());
        }
    }

    @Test
    void aServerThatGoesAwayAcknowledgesNothing() throws IOException {
        try (RawClient client = new RawClient(kernel.seqpacketPath());
                RawClient.Receipt receipt = new RawClient.Receipt()) {
            assertEquals(0, sendWith(client, Messages.bytes(Messages.add(1000)), 1));
            kernel.onLoop(
                    () -> {
                        client.send(Messages.bytes(Messages.add(1001)), receipt.writingEnd());
                        receipt.passed();
                        kernel.sessionsNow().forEach(Session::close);
                    });
            assertEquals(RawClient.Receipt.NOTHING, receipt.take());
            assertEquals(1, kernel.sas());
        }
    }

    @Test
    void aDumpIsAcknowledgedAfterItsFirstBatch() throws IOException {
        try (SeqpacketConnection client = kernel.seqpacket()) {
            for (int spi = 1000; spi < 3000; spi++) {
                assertEquals(Errno.OK, client.sendAcknowledged(Messages.add(spi)));
                Messages.in(client.receive(0));
            }
            assertEquals(Errno.OK, client.sendAcknowledged(Messages.dump()));
            for (int shown = 0; shown < 100; shown++) {
                Messages.in(client.receive(0));
            }
        }
    }
}
