package org.keysock.kernel.server;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.KernelClock;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.spd.Spd;
import org.keysock.kernel.transform.PathFinder;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.wire.MessageReader;

/**
 * The one thread that owns engine, databases and connections (decisions.md 16). Requests are
 * handled one at a time, in order, to the end; between them it waits for sockets and deadlines.
 */
final class KernelLoop implements Closeable {

    /** A few hundred messages: what a stream may hold others up for. */
    private static final int READ_BYTES = 1 << 16;

    private static final int WRITE_BYTES = 1 << 18;

    /** Flows whose paths are remembered: some 70 KB. */
    private static final int FLOWS = 1 << 10;

    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop eventLoop;
    private final Counters counters = new Counters();
    private final Faults faults = new Faults(counters);
    private final Deliveries deliveries;
    private final KeyEngine engine;
    private final PathFinder paths;
    private final PacketPath packets;
    private final Timekeeper time;
    private final RecordReceiver receiver = new RecordReceiver();
    private final RecordSender sender = new RecordSender();
    private final ByteBuffer readBuffer = SystemCalls.memory(READ_BYTES);
    private final ByteBuffer writeBuffer = SystemCalls.memory(WRITE_BYTES);
    private final Set<Connection> connections = new LinkedHashSet<>();

    KernelLoop(
            KernelSettings settings,
            Map<DialectName, DialectRules> rules,
            KernelClock clock,
            SocketFolder folder) {
        deliveries = new Deliveries(rules.keySet(), settings, counters);
        engine = new KeyEngine(settings, rules, new Sadb(), new Spd(), deliveries);
        paths = new PathFinder(engine.spd(), engine.sadb(), FLOWS);
        packets = new PacketPath(this, engine, paths);
        time = new Timekeeper(this, engine, clock, folder);
        group =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("pfkey-kernel", true),
                        EpollIoHandler.newFactory());
        eventLoop = group.next();
    }

    // From other threads.

    /** Something for the loop to do. */
    interface Task {
        void run() throws IOException;
    }

    /** Has the loop do something and waits for it. */
    void call(Task task) throws IOException {
        Callable<Boolean> called =
                () -> {
                    task.run();
                    return true;
                };
        try {
            eventLoop.submit(called).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException ours
                    ? new IOException(ours.getMessage(), ours)
                    : new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Closes every connection and ends the thread. */
    @Override
    public void close() {
        eventLoop.execute(() -> List.copyOf(connections).forEach(Connection::close));
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    // On the loop.

    /** Begins to listen to what is to be read there. */
    void begin(EpollIoHandle handle) {
        eventLoop
                .register(handle)
                .addListener(done -> ((IoRegistration) done.getNow()).submit(EpollIoOps.EPOLLIN));
    }

    /** Begins to serve a connection. */
    void begin(Connection connection) {
        counters.accepted++;
        connections.add(connection);
        eventLoop
                .register(connection)
                .addListener(done -> connection.begin((IoRegistration) done.getNow()));
    }

    /** A new key socket for an accepted connection. */
    KeySocket open(DialectName dialect) {
        return engine.open(dialect);
    }

    /** The session's mail goes to it from now on. */
    Session opened(Session session) {
        deliveries.add(session);
        return session;
    }

    void connectionGone(Connection connection) {
        connections.remove(connection);
    }

    void sessionGone(Session session) {
        deliveries.remove(session);
        engine.close(session.keySocket());
    }

    /** Something failed that only this connection is concerned with. */
    void connectionFailed(Connection connection, Throwable failure) {
        faults.note("closed the connection of process " + connection.peer().pid(), failure);
    }

    /** Runs a task after some real time. */
    ScheduledFuture<?> later(long millis, Runnable task) {
        return eventLoop.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Has the engine handle a record to the end. Its answers wait for {@link #deliver}.
     *
     * @return how {@code send} ended, as a number of the session's dialect; 0 for well
     */
    int handle(Session session, byte[] bytes, int offset, int length) {
        DialectCodec codec = deliveries.codec(session.keySocket().dialect());
        counters.messagesIn++;
        try {
            Reading reading = codec.read(bytes, offset, length);
            if (reading instanceof Reading.Broken) {
                counters.malformed++;
            }
            engine.handle(session.keySocket(), reading, time.now());
        } catch (RuntimeException | Error fault) {
            faults.note(session.keySocket() + ": a request could not be handled", fault);
            session.failRequest();
        }
        return codec.number(session.takeSendFailure());
    }

    /** Writes what waits, as far as the receivers have room, and sees to the next deadline. */
    void deliver() {
        packets.resume();
        deliveries.deliver();
        deliveries.forget();
        time.arm();
    }

    void toBeDelivered(Session session) {
        deliveries.mark(session);
    }

    byte @Nullable [] encoded(KeySocket to, SadbMessage message) {
        return deliveries.encoded(to, message);
    }

    MessageReader reader(KeySocket socket) {
        return deliveries.codec(socket.dialect()).reader();
    }

    RecordReceiver receiver() {
        return receiver;
    }

    RecordSender sender() {
        return sender;
    }

    ByteBuffer readBuffer() {
        return readBuffer;
    }

    ByteBuffer writeBuffer() {
        return writeBuffer;
    }

    KeyEngine engine() {
        return engine;
    }

    /** Finds what happens to packets. */
    PathFinder paths() {
        return paths;
    }

    /** The way of packets through the core. */
    PacketPath packets() {
        return packets;
    }

    Timekeeper time() {
        return time;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Faults faults() {
        return faults;
    }

    Counters counters() {
        return counters;
    }
}
