package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;

/**
 * What the native ipseckey wrote to its sockets (testdata/native-clients), written to a server's
 * with an acknowledgement for each record: its answers are there when {@code send} has returned.
 */
class ReplayTest {

    private static final Dialect RECORDED =
            Dialect.of(DialectName.SOLARIS, ByteOrder.LITTLE_ENDIAN);

    @TempDir private @Nullable Path home;

    static Stream<Path> cases() throws IOException {
        Path folder = Path.of(System.getProperty("pfkey.testdata"), "native-clients");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.sorted().toList();
            assertFalse(found.isEmpty());
            return found.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredAsExpected(Path file) throws IOException {
        JsonObject recorded = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        Path folder = present(home).resolve("k");
        ServerOptions options =
                ServerOptions.in(folder)
                        .withVirtualClock(VirtualClock.DEFAULT_START)
                        .withLocal(List.of(Ipv4Address.of(10, 0, 0, 1)));
        Map<Integer, SeqpacketConnection> sockets = new HashMap<>();
        try (PfKeyServer server = PfKeyServer.start(options)) {
            Path socket = server.folder().resolve("solaris.sock");
            for (JsonElement element : recorded.getAsJsonArray("messages")) {
                JsonObject message = element.getAsJsonObject();
                int number = message.get("socket").getAsInt();
                SeqpacketConnection connection = sockets.get(number);
                if (connection == null) {
                    connection = SeqpacketConnection.open(socket, Dialect.of(DialectName.SOLARIS));
                    sockets.put(number, connection);
                }
                SadbMessage request = request(message.get("hex").getAsString());
                assertEquals(Errno.OK, connection.sendAcknowledged(request));
                BaseHeader answer = answer(connection, request.header());
                assertEquals(
                        message.get("expect_errno").getAsInt(),
                        RECORDED.errnos().number(answer.errno()),
                        request.type().toString());
            }
        } finally {
            for (SeqpacketConnection connection : sockets.values()) {
                connection.close();
            }
        }
    }

    private static SadbMessage request(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        Reading reading = new MessageReader(RECORDED).read(bytes, 0, bytes.length);
        return ((Reading.Whole) reading).message();
    }

    /** The last answer to that request, without waiting; what others caused is passed over. */
    private static BaseHeader answer(PfKeyConnection connection, BaseHeader request)
            throws IOException {
        int sequence = request.type() == MessageType.DUMP ? 0 : request.sequence();
        for (; ; ) {
            Reading reading = present(connection.receive(0));
            BaseHeader header = ((Reading.Whole) reading).message().header();
            if (header.type() == request.type()
                    && header.pid() == request.pid()
                    && header.sequence() == sequence) {
                return header;
            }
        }
    }

    private static <T> T present(@Nullable T value) {
        assertNotNull(value);
        return value;
    }
}
