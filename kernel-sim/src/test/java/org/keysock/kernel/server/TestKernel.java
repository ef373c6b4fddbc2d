package org.keysock.kernel.server;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.socket.PfKeyClient;
import org.keysock.pfkey.socket.SeqpacketConnection;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.wire.Dialect;

/** A server on a virtual clock in a folder of its own, and ways to talk to it. */
final class TestKernel implements Closeable {

    static final Dialect DIALECT = Dialect.of(DialectName.SOLARIS);

    private final Path folder;
    private final PfKeyServer server;

    TestKernel() throws IOException {
        this(Files.createTempDirectory("pfk"));
    }

    TestKernel(Path folder) throws IOException {
        this(folder, KernelRules.all());
    }

    /** A kernel with other rules. */
    TestKernel(Path folder, Map<DialectName, DialectRules> rules) throws IOException {
        this(options(folder), rules);
    }

    private TestKernel(ServerOptions options, Map<DialectName, DialectRules> rules)
            throws IOException {
        folder = options.folder();
        server = PfKeyServer.start(options, rules);
    }

    /** A kernel with a switch set. */
    static TestKernel with(String assignment) throws IOException {
        Path folder = Files.createTempDirectory("pfk");
        return new TestKernel(options(folder).withSwitch(assignment), KernelRules.all());
    }

    private static ServerOptions options(Path folder) {
        return ServerOptions.in(folder).withVirtualClock(VirtualClock.DEFAULT_START).withSeed(1);
    }

    Path folder() {
        return folder;
    }

    /** Has the kernel's own thread do something: nothing else happens there meanwhile. */
    void onLoop(KernelLoop.Task task) throws IOException {
        server.loop().call(task);
    }

    /** Has the engine do something; what that causes has been delivered when this returns. */
    void inEngine(BiConsumer<KeyEngine, Now> task) throws IOException {
        KernelLoop loop = server.loop();
        onLoop(
                () -> {
                    task.accept(loop.engine(), loop.time().now());
                    loop.deliver();
                });
    }

    /** Waits, by asking, until that many key sockets are open. */
    void awaitSessions(int count) throws IOException {
        while (sessions() != count) {
            if (Thread.interrupted()) {
                throw new IOException(sessions() + " sessions are open, not " + count);
            }
        }
    }

    /** The sessions there are; to be looked at on the loop. */
    List<Session> sessionsNow() {
        return List.copyOf(server.loop().deliveries().sessions());
    }

    Path seqpacketPath() {
        return folder.resolve("solaris.sock");
    }

    Path streamPath() {
        return folder.resolve("solaris.stream");
    }

    SeqpacketConnection seqpacket() throws IOException {
        return SeqpacketConnection.open(seqpacketPath(), DIALECT);
    }

    StreamConnection stream() throws IOException {
        return StreamConnection.open(streamPath(), DIALECT);
    }

    PfKeyClient client() throws IOException {
        return new PfKeyClient(seqpacket());
    }

    /** Asks the control socket one thing. */
    JsonObject control(String request) throws IOException {
        try (Control control = new Control(folder)) {
            return control.ask(request);
        }
    }

    /** Moves the clock; what that causes has been delivered when this returns. */
    void advance(long seconds) throws IOException {
        control("{\"verb\":\"clock\",\"advance\":" + seconds + "}");
    }

    /** Number of SAs. */
    int sas() throws IOException {
        return control("{\"verb\":\"status\"}").getAsJsonObject("sas").get("total").getAsInt();
    }

    /** Number of open key sockets. */
    int sessions() throws IOException {
        return control("{\"verb\":\"sessions\"}").getAsJsonArray("sessions").size();
    }

    long counter(String name) throws IOException {
        return control("{\"verb\":\"stats\"}").getAsJsonObject("counters").get(name).getAsLong();
    }

    /** Ends the kernel; its folder stays. */
    void stop() throws IOException {
        server.close();
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** A connection to the control socket. */
    static final class Control implements Closeable {

        private final SocketChannel channel;
        private final BufferedReader answers;

        Control(Path folder) throws IOException {
            channel =
                    SocketChannel.open(
                            UnixDomainSocketAddress.of(folder.resolve(PfKeyServer.CONTROL_SOCKET)));
            answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        }

        /** Sends text as it is. */
        void send(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        JsonObject ask(String request) throws IOException {
            send(request + "\n");
            return next();
        }

        JsonObject next() throws IOException {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the control socket was closed");
            }
            return JsonParser.parseString(line).getAsJsonObject();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
