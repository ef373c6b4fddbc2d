package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.socket.ConnectionClosed;
import org.keysock.pfkey.socket.PfKeyClient;
import org.keysock.pfkey.socket.PfKeyConnection;
import org.keysock.pfkey.socket.SeqpacketConnection;

/** An error of our own while the kernel serves one client: the others are served as before. */
@Timeout(60)
final class FaultTest {

    private static final int SPI = 1000;
    private static final long LONG = 20_000;

    private final Map<DialectName, DialectRules> rules = KernelRules.all();

    /** What the rules throw, and in which of their methods. */
    private @Nullable Throwable fault;

    private String place = "";

    private final TestKernel kernel;

    FaultTest() throws IOException {
        rules.computeIfPresent(DialectName.SOLARIS, (name, sound) -> failing(sound));
        kernel = new TestKernel(Files.createTempDirectory("pfk"), rules);
    }

    @AfterEach
    void stop() throws IOException {
        kernel.close();
    }

    /** Rules that throw when they are told to. */
    private DialectRules failing(DialectRules sound) {
        return (DialectRules)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DialectRules.class},
                        (proxy, method, arguments) -> {
                            if (fault != null && method.getName().equals(place)) {
                                throw fault;
                            }
                            try {
                                return method.invoke(sound, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    /** From now on the rules fail there; with null they are sound again. */
    private void fail(String where, @Nullable Throwable how) throws IOException {
        kernel.onLoop(
                () -> {
                    place = where;
                    fault = how;
                });
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IllegalStateException("a bug"),
                new NoClassDefFoundError("a jar was replaced under us"),
                new StackOverflowError(),
                new AssertionError("a bug"));
    }

    private void assertServed(PfKeyClient other) throws IOException {
        assertEquals(SPI, other.request(Messages.get(SPI)).header().sequence());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whoWaitsForItsSendIsToldSo(Throwable how) throws IOException {
        try (PfKeyClient other = kernel.client();
                SeqpacketConnection client = kernel.seqpacket()) {
            other.request(Messages.add(SPI));
            for (String where : List.of("arrived", "carryOut", "hear")) {
                fail(where, how);
                assertEquals(Errno.EIO, client.sendAcknowledged(Messages.get(SPI)));
                fail("", null);
                assertServed(other);
                assertEquals(Errno.OK, client.sendAcknowledged(Messages.get(SPI)));
                assertEquals(MessageType.GET, lastOf(client).type());
            }
            assertEquals(3, kernel.counter("faults"));
            assertEquals(2, kernel.sessions());
        }
    }

    private static SadbMessage lastOf(PfKeyConnection client) throws IOException {
        SadbMessage last = Messages.in(client.receive(LONG));
        while (last.type() != MessageType.GET) {
            last = Messages.in(client.receive(LONG));
        }
        return last;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whoDoesNotIsNotLeftWaiting(Throwable how) throws IOException {
        try (PfKeyClient other = kernel.client()) {
            other.request(Messages.add(SPI));
            for (PfKeyConnection client : List.of(kernel.seqpacket(), kernel.stream())) {
                fail("carryOut", how);
                client.send(Messages.get(SPI));
                assertThrows(ConnectionClosed.class, () -> client.receive(LONG));
                fail("", null);
                client.close();
                assertServed(other);
            }
            kernel.awaitSessions(1);
            assertEquals(2, kernel.counter("faults"));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aDeadlineThatFailsStopsNoClock(Throwable how) throws IOException {
        try (PfKeyClient other = kernel.client()) {
            other.request(Messages.addLasting(SPI, 60));
            other.request(Messages.addLasting(SPI + 1, 60));
            fail("due", how);
            JsonObject refused = kernel.control("{\"verb\":\"clock\",\"advance\":60}");
            assertFalse(refused.get("ok").getAsBoolean());
            fail("", null);
            assertServed(other);
            assertTrue(
                    kernel.control("{\"verb\":\"clock\",\"advance\":60}").get("ok").getAsBoolean());
            assertServed(other);
            assertEquals(1, kernel.counter("faults"));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aDumpThatFailsEndsOneConnection(Throwable how) throws IOException {
        try (PfKeyClient other = kernel.client();
                PfKeyConnection dumping = kernel.seqpacket()) {
            other.request(Messages.add(SPI));
            dumping.send(Messages.get(SPI));
            lastOf(dumping);
            kernel.onLoop(
                    () -> {
                        Session session = kernel.sessionsNow().get(1);
                        session.dump(
                                () -> {
                                    throw FaultTest.<RuntimeException>unchecked(how);
                                },
                                () -> {});
                        session.loop().deliver();
                    });
            assertThrows(ConnectionClosed.class, () -> dumping.receive(LONG));
            assertServed(other);
            kernel.awaitSessions(1);
            assertEquals(1, kernel.counter("faults"));
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable any) throws T {
        throw (T) any;
    }

    @Test
    void theSameFaultAgainIsCountedAndNotTold() {
        Counters counters = new Counters();
        Faults faults = new Faults(counters);
        for (int count = 0; count < 100; count++) {
            faults.note("a test", new NoClassDefFoundError("told once"));
        }
        assertEquals(100, counters.faults);
    }
}
