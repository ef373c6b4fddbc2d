package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IdentityType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.socket.StreamConnection;

/**
 * Answers that outgrow a buffer: SAs whose identities make messages of any length up to the longest
 * there can be, asked for over both transports.
 */
@Timeout(60)
final class LongAnswersTest {

    private static final int SPI = 1000;
    private static final long LONG = 20_000;
    private static final int ALWAYS_FITS = 106_360;

    private final TestKernel kernel = new TestKernel();

    LongAnswersTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    private static Extension.Identity identity(ExtensionType type, int length) {
        return new Extension.Identity(type, IdentityType.FQDN, 0, "x".repeat(length));
    }

    private static SadbMessage add(int length) {
        SadbMessage add = Messages.add(SPI);
        List<Extension> parts = new ArrayList<>(add.extensions());
        parts.add(identity(ExtensionType.IDENTITY_SRC, length));
        parts.add(identity(ExtensionType.IDENTITY_DST, length));
        return SadbMessage.of(add.header(), parts);
    }

    private static SadbMessage next(PfKeyConnection connection, MessageType type)
            throws IOException {
        SadbMessage heard = Messages.in(connection.receive(LONG));
        while (heard.type() != type) {
            heard = Messages.in(connection.receive(LONG));
        }
        return heard;
    }

    private static int text(SadbMessage message) {
        Extension.Identity identity =
                message.find(ExtensionType.IDENTITY_DST, Extension.Identity.class);
        return identity == null ? -1 : identity.text().length();
    }

    /**
     * A Unix socket takes 212,960 bytes a record, and more where the host lets it be enlarged. What
     * it does not take is counted.
     */
    @ParameterizedTest
    @ValueSource(
            ints = {0, 255, 4_000, 65_535, 106_360, 106_440, 150_000, 212_800, 212_960, 261_900})
    void arriveWholeOrAreCounted(int length) throws IOException {
        try (StreamConnection stream = kernel.stream();
                SeqpacketConnection packets = kernel.seqpacket()) {
            packets.send(Messages.get(1));
            next(packets, MessageType.GET);
            stream.send(add(length));
            assertEquals(length, text(next(stream, MessageType.ADD)));
            for (SadbMessage request : List.of(Messages.get(SPI), Messages.dump())) {
                stream.send(request);
                assertEquals(length, text(next(stream, request.type())));
                long dropped = kernel.counter("dropped");
                packets.sendAcknowledged(request);
                boolean arrives = kernel.counter("dropped") == dropped;
                assertTrue(arrives || length > ALWAYS_FITS, "dropped");
                if (arrives) {
                    assertEquals(length, text(next(packets, request.type())));
                }
            }
            // and the connection is none the worse for it
            stream.send(Messages.flush());
            next(stream, MessageType.FLUSH);
            next(packets, MessageType.FLUSH);
            packets.send(Messages.get(1));
            next(packets, MessageType.GET);
            assertNull(packets.receive(0));
            assertEquals(0, kernel.counter("faults"));
        }
    }
}
