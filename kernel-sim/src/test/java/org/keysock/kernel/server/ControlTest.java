package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Sockaddr;
import org.keysock.pfkey.socket.PfKeyClient;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.socket.ServerClock;
import org.keysock.pfkey.wire.Dialect;

/** The control socket: docs/control.md. */
@Timeout(60)
final class ControlTest {

    private final TestKernel kernel = new TestKernel();

    ControlTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "[]",
                "3",
                "{}",
                "{\"verb\":3}",
                "{\"verb\":[]}",
                "{\"verb\":\"nope\"}",
                "{\"verb\":\"status\"} {}",
                "{verb:'status'}",
                "{\"verb\":\"clock\",\"advance\":-1}",
                "{\"verb\":\"clock\",\"advance\":\"soon\"}",
                "{\"verb\":\"clock\",\"advance\":0.0001}",
                "{\"verb\":\"clock\",\"advance\":1e99}",
                "{\"verb\":\"acquire\"}",
                "{\"verb\":\"acquire\",\"type\":\"esp\",\"src\":\"localhost\",\"dst\":\"::1\"}",
                "{\"verb\":\"acquire\",\"type\":\"esp\",\"src\":\"10.0.0.1\",\"dst\":\"::1\"}",
                "{\"verb\":\"acquire\",\"type\":\"tcp\",\"src\":\"::2\",\"dst\":\"::1\"}",
                "{\"verb\":\"use\",\"type\":\"esp\",\"spi\":\"0x10\",\"dst\":\"10.0.0.1\"}",
                "{\"verb\":\"use\",\"type\":\"esp\",\"spi\":4294967296,\"dst\":\"10.0.0.1\"}",
                "{\"verb\":\"use\",\"type\":\"esp\",\"spi\":1.5,\"dst\":\"10.0.0.1\"}"
            })
    void whatMakesNoSenseIsAnsweredSo(String request) throws IOException {
        try (TestKernel.Control control = new TestKernel.Control(kernel.folder())) {
            JsonObject answer = control.ask(request);
            assertFalse(answer.get("ok").getAsBoolean(), request);
            assertFalse(answer.get("error").getAsString().isBlank(), request);
            assertTrue(control.ask("{\"verb\":\"status\"}").get("ok").getAsBoolean());
        }
        assertEquals(0, kernel.counter("faults"));
    }

    @Test
    void manyRequestsInOneWriteAreAnsweredInOrder() throws IOException {
        try (TestKernel.Control control = new TestKernel.Control(kernel.folder())) {
            StringBuilder requests = new StringBuilder();
            for (int count = 0; count < 1000; count++) {
                requests.append("{\"verb\":\"clock\",\"advance\":1}\n\n");
            }
            control.send(requests.toString());
            for (int count = 1; count <= 1000; count++) {
                assertEquals(
                        VirtualClock.DEFAULT_START + count,
                        control.next().getAsJsonObject("clock").get("seconds").getAsLong());
            }
        }
        assertEquals(VirtualClock.DEFAULT_START + 1000, ServerClock.now(kernel.folder()));
    }

    @Test
    void aLineInPiecesIsOneRequest() throws IOException {
        try (TestKernel.Control control = new TestKernel.Control(kernel.folder())) {
            control.send("{\"verb\":");
            kernel.sas();
            control.send("\"clock\"}");
            kernel.sas();
            assertTrue(control.ask("").get("ok").getAsBoolean());
        }
    }

    @Test
    void aLineWithoutAnEndIsCutOff() throws IOException {
        try (TestKernel.Control control = new TestKernel.Control(kernel.folder())) {
            String word = "x".repeat(1 << 16);
            for (int count = 0; count < 16; count++) {
                control.send(word);
            }
            assertFalse(control.ask("x").get("ok").getAsBoolean());
        }
        assertEquals(0, kernel.counter("faults"));
    }

    @Test
    void systemTimeCannotBeAdvanced(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("f");
        try (PfKeyServer server = PfKeyServer.start(ServerOptions.in(folder));
                TestKernel.Control control = new TestKernel.Control(server.folder())) {
            JsonObject clock = control.ask("{\"verb\":\"clock\"}").getAsJsonObject("clock");
            assertEquals("system", clock.get("kind").getAsString());
            assertFalse(control.ask("{\"verb\":\"clock\",\"advance\":1}").get("ok").getAsBoolean());
        }
    }

    @Test
    void sessionsTellWhoIsThere() throws IOException {
        try (SeqpacketConnection client = kernel.seqpacket()) {
            client.sendAcknowledged(Messages.register());
            JsonObject shown =
                    kernel.control("{\"verb\":\"sessions\"}")
                            .getAsJsonArray("sessions")
                            .get(0)
                            .getAsJsonObject();
            assertEquals("solaris", shown.get("dialect").getAsString());
            assertEquals("seqpacket", shown.get("transport").getAsString());
            assertEquals(ProcessHandle.current().pid(), shown.get("pid").getAsLong());
            assertEquals("ah", shown.getAsJsonArray("registered").get(0).getAsString());
        }
    }

    @Test
    void anAcquireIsHeardBeforeItIsAnswered() throws IOException {
        String request =
                "{\"verb\":\"acquire\",\"type\":\"ah\",\"src\":\"10.0.0.1\",\"dst\":\"10.0.0.2\"}";
        assertTrue(kernel.control(request).get("acquire").isJsonNull());
        try (SeqpacketConnection manager = kernel.seqpacket()) {
            manager.sendAcknowledged(Messages.register());
            Messages.in(manager.receive(0));
            assertEquals(1, kernel.control(request).get("acquire").getAsInt());
            assertEquals(MessageType.ACQUIRE, Messages.in(manager.receive(0)).type());
        }
    }

    @Test
    void usePassesPacketsThroughAnSa() throws IOException {
        try (PfKeyClient client = kernel.client()) {
            client.request(Messages.add(0x1234));
            JsonObject answer =
                    kernel.control(
                            "{\"verb\":\"use\",\"type\":\"ah\",\"spi\":\"0x1234\","
                                    + "\"dst\":\"10.0.0.2\",\"bytes\":1500}");
            assertTrue(answer.get("passed").getAsBoolean());
        }
    }

    @Test
    void acquireWithoutTypeAsksThePolicies() throws IOException {
        String packet = "{\"verb\":\"acquire\",\"src\":\"10.0.0.1\",\"dst\":\"10.0.0.2\"}";
        assertTrue(kernel.control(packet).get("policy").isJsonNull());
        Dialect linux = Dialect.of(DialectName.LINUX);
        Path path = kernel.folder().resolve("linux.sock");
        try (SeqpacketConnection manager = SeqpacketConnection.open(path, linux)) {
            manager.sendAcknowledged(
                    SadbMessage.of(BaseHeader.of(MessageType.REGISTER, SaType.ESP, 1, 1)));
            manager.sendAcknowledged(
                    SadbMessage.of(
                            BaseHeader.of(MessageType.X_SPDADD, SaType.UNSPEC, 2, 1),
                            new KameExtension.Policy(
                                    2,
                                    2,
                                    0,
                                    0,
                                    List.of(
                                            new KameExtension.Policy.Request(
                                                    50, 1, 2, 0, null, null))),
                            end(ExtensionType.ADDRESS_SRC, 1),
                            end(ExtensionType.ADDRESS_DST, 2)));
            JsonObject answer = kernel.control(packet);
            assertEquals(1, answer.get("policy").getAsInt());
            assertEquals("ipsec", answer.get("action").getAsString());
            assertEquals(1, answer.get("acquire").getAsInt());
            Messages.in(manager.receive(0));
            Messages.in(manager.receive(0));
            assertEquals(MessageType.ACQUIRE, Messages.in(manager.receive(0)).type());
        }
    }

    private static Extension.Address end(ExtensionType type, int host) {
        Sockaddr sockaddr = Sockaddr.of(Ipv4Address.of(10, 0, 0, host), 0);
        return new Extension.Address(type, 0, 32, sockaddr);
    }
}
