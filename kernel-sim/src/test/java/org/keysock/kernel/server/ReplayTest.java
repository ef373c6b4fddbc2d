package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.engine.Harness;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.wire.Dialect;

/**
 * What native programs wrote to their sockets (testdata/native-clients), written to a server's byte
 * for byte, with an acknowledgement for each record: its answers are there when {@code send} has
 * returned. On KLIPS the {@code send} fails with the errno of the answer. The SPIs that this kernel
 * gave stand for those that the recorded one gave.
 */
class ReplayTest {

    @TempDir private @Nullable Path home;

    static Stream<RecordedClient> cases() throws IOException {
        Path folder = Path.of(System.getProperty("pfkey.testdata"), "native-clients");
        List<RecordedClient> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                JsonElement text = JsonParser.parseString(Files.readString(file));
                found.add(new RecordedClient(text.getAsJsonObject()));
            }
        }
        assertFalse(found.isEmpty());
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredAsExpected(RecordedClient recorded) throws IOException {
        Path folder = present(home).resolve("k");
        ServerOptions options =
                ServerOptions.in(folder)
                        .withVirtualClock(VirtualClock.DEFAULT_START)
                        .withSeed(1)
                        .withLocal(List.of(Ipv4Address.of(10, 0, 0, 1)));
        DialectName dialect = recorded.dialect();
        Map<Integer, SeqpacketConnection> sockets = new HashMap<>();
        Map<Integer, Integer> spis = new HashMap<>();
        try (PfKeyServer server = PfKeyServer.start(options);
                TestKernel.Control people = new TestKernel.Control(server.folder())) {
            people.ask("{\"verb\":\"refusals\"}");
            Path path = server.folder().resolve(dialect.text() + ".sock");
            for (RecordedClient.Request request : recorded.requests()) {
                SeqpacketConnection socket = sockets.get(request.socket());
                if (socket == null) {
                    socket = SeqpacketConnection.open(path, Dialect.of(dialect));
                    sockets.put(request.socket(), socket);
                }
                KeyRecord sent = request.record().withSpis(spis);
                Errno failure = socket.sendRecordAcknowledged(sent.bytes());
                KeyRecord answer = answer(socket, sent);
                assertEquals(
                        dialect == DialectName.KLIPS ? answer.errno() : 0,
                        Dialect.of(dialect).errnos().number(failure),
                        request.toString());
                if (answer.errno() != 0) {
                    JsonObject refused = people.next().getAsJsonObject("refused");
                    Harness.requireSpecific(refused.get("reason").getAsString());
                }
                if (request.expectedErrno() != null) {
                    assertEquals(request.expectedErrno(), answer.errno(), request.toString());
                }
                if (request.spiGiven() != null) {
                    spis.put(request.spiGiven(), answer.spi());
                }
            }
        } finally {
            for (SeqpacketConnection socket : sockets.values()) {
                socket.close();
            }
        }
    }

    /**
     * The answer to that request; nothing is waited for, and whatever else was heard is dropped.
     */
    private static KeyRecord answer(SeqpacketConnection socket, KeyRecord request)
            throws IOException {
        List<KeyRecord> answers = new ArrayList<>();
        for (byte[] next = socket.receiveRecord(0); next != null; next = socket.receiveRecord(0)) {
            KeyRecord heard = new KeyRecord(next);
            if (heard.answers(request)) {
                answers.add(heard);
            }
        }
        assertTrue(!answers.isEmpty(), () -> "no answer to " + request);
        return answers.get(0);
    }

    private static <T> T present(@Nullable T value) {
        assertNotNull(value);
        return value;
    }
}
