package org.keysock.kernel.engine.solaris;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.kernel.engine.Harness;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.Dialect;

/** What the native ipseckey sent, replayed: testdata/native-clients. */
class NativeClientsTest {

    private static final Dialect SOLARIS = Dialect.of(DialectName.SOLARIS, ByteOrder.LITTLE_ENDIAN);

    private final Map<Integer, KeySocket> sockets = new HashMap<>();
    private final Harness harness =
            new Harness(
                    Map.of(DialectName.SOLARIS, new SolarisRules()),
                    List.of(Ipv4Address.of(10, 0, 0, 1)));

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of(System.getProperty("pfkey.testdata"), "native-clients"))) {
            List<Path> found =
                    files.filter(file -> file.getFileName().toString().startsWith("ipseckey-"))
                            .sorted()
                            .toList();
            assertFalse(found.isEmpty());
            return found.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMessageIsAnsweredAsExpected(Path file) throws IOException {
        JsonObject recorded = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        for (JsonElement element : recorded.getAsJsonArray("messages")) {
            JsonObject message = element.getAsJsonObject();
            KeySocket socket =
                    sockets.computeIfAbsent(
                            message.get("socket").getAsInt(),
                            any -> harness.open(DialectName.SOLARIS));
            harness.heard(socket);
            List<SadbMessage> answers =
                    harness.ask(socket, Wire.read(message.get("hex").getAsString()));
            SadbMessage answer = answers.get(answers.size() - 1);
            String what = message.get("type").getAsString();
            assertEquals(what, answer.type().toString());
            assertEquals(
                    message.get("expect_errno").getAsInt(),
                    SOLARIS.errnos().number(answer.header().errno()),
                    what);
            if (answer.type() != MessageType.DUMP) {
                assertEquals(1, answers.size(), what);
                assertEquals(message.get("seq").getAsInt(), answer.header().sequence(), what);
            }
        }
    }
}
