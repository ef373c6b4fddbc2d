package org.keysock.kernel.server;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.kernel.engine.linux.Dialogue;
import org.keysock.kernel.engine.linux.Said;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.wire.Dialect;

/**
 * The dialogues with a real Linux kernel, said again over a server's linux socket, with an
 * acknowledgement for each record: what {@code send} says and what all sockets hear.
 */
@Timeout(60)
final class LinuxDialoguesTest {

    static List<Dialogue> dialogues() {
        return Dialogue.all();
    }

    @ParameterizedTest
    @MethodSource("dialogues")
    void sameBytes(Dialogue dialogue) throws IOException {
        assumeTrue(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN,
                "recorded on a little-endian machine");
        try (Server server = new Server()) {
            List<String> both = Said.say(dialogue, server);
            if (Said.DIFFERENT.containsKey(dialogue.toString())) {
                assertNotEquals(both.get(0), both.get(1), "no longer different: " + dialogue);
            } else {
                assertEquals(both.get(0), both.get(1));
            }
        }
    }

    /** A server that is told a dialogue. */
    private static final class Server implements Said.Kernel, Closeable {

        private final TestKernel kernel = new TestKernel();
        private final Map<String, SeqpacketConnection> sockets = new HashMap<>();
        private int open;

        Server() throws IOException {}

        @Override
        public void open(String socket) throws IOException {
            Path path = kernel.folder().resolve("linux.sock");
            sockets.put(socket, SeqpacketConnection.open(path, Dialect.of(DialectName.LINUX)));
            kernel.awaitSessions(++open);
        }

        @Override
        public void close(String socket) throws IOException {
            requireNonNull(sockets.remove(socket)).close();
            kernel.awaitSessions(--open);
        }

        @Override
        public String send(String socket, byte[] record) throws IOException {
            if (record.length == 0) {
                // on a socket of ours the end of the connection: refused by the preload library
                return Errno.EMSGSIZE.toString();
            }
            Errno errno = requireNonNull(sockets.get(socket)).sendRecordAcknowledged(record);
            return errno == Errno.OK ? "" : errno.toString();
        }

        @Override
        public String next(String socket) throws IOException {
            byte[] record = requireNonNull(sockets.get(socket)).receiveRecord(0);
            return record == null ? "" : HexFormat.of().formatHex(record);
        }

        @Override
        public void advance(long millis) throws IOException {
            BigDecimal seconds = BigDecimal.valueOf(millis, 3);
            kernel.control("{\"verb\":\"clock\",\"advance\":" + seconds.toPlainString() + "}");
        }

        @Override
        public void engine(Said.Inside task) throws IOException {
            kernel.inEngine(task::act);
        }

        @Override
        public void close() throws IOException {
            for (SeqpacketConnection connection : sockets.values()) {
                connection.close();
            }
            kernel.close();
        }
    }
}
