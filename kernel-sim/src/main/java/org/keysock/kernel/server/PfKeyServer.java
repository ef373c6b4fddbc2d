package org.keysock.kernel.server;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.keysock.kernel.clock.KernelClock;
import org.keysock.kernel.clock.SystemClock;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.engine.DialectRules;
import org.keysock.kernel.engine.KernelSettings;
import org.keysock.kernel.engine.klips.KlipsRules;
import org.keysock.kernel.engine.klips.KlipsTables;
import org.keysock.pfkey.model.DialectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An emulated kernel: serves key sockets of every dialect, a control socket and KLIPS' tables in a
 * folder, from {@link #start} until {@link #close}. It runs on a thread of its own; several may run
 * in one process, each in its own folder.
 */
public final class PfKeyServer implements Closeable {

    /** Name of the control socket in the folder. */
    public static final String CONTROL_SOCKET = "control.sock";

    /** Name of the socket of KLIPS' tables in the folder. */
    public static final String TABLES_SOCKET = "tables.sock";

    /** Name of the sockets for packets, without its ending. */
    private static final String PACKETS = "packets";

    private static final Logger LOG = LoggerFactory.getLogger(PfKeyServer.class);

    private final SocketFolder folder;
    private final KernelLoop loop;
    private boolean closed;

    private PfKeyServer(SocketFolder folder, KernelLoop loop) {
        this.folder = folder;
        this.loop = loop;
    }

    /**
     * Starts a server. When this returns, clients can connect.
     *
     * @throws IOException if the folder or a socket in it cannot be had, for instance because
     *     another server runs there; the text is for people
     * @throws IllegalArgumentException for a switch that does not exist; the text is for people
     */
    public static PfKeyServer start(ServerOptions options) throws IOException {
        return start(options, KernelRules.all());
    }

    /** As {@link #start(ServerOptions)}, with these rules. */
    static PfKeyServer start(ServerOptions options, Map<DialectName, DialectRules> rules)
            throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException(
                    "this platform has no epoll, which the server needs: Linux on x86_64 or"
                            + " aarch64",
                    Epoll.unavailabilityCause());
        }
        KernelSettings settings =
                new KernelSettings(
                        options.local(),
                        random(options.seed()),
                        rules.values(),
                        options.switches());
        SocketFolder folder = SocketFolder.open(options.folder());
        KernelLoop loop = new KernelLoop(settings, rules, clock(options.virtualStart()), folder);
        PfKeyServer server = new PfKeyServer(folder, loop);
        try {
            for (DialectName dialect : rules.keySet()) {
                server.listen(dialect);
            }
            server.listenForControl();
            if (rules.get(DialectName.KLIPS) instanceof KlipsRules klips) {
                server.listenForTables(klips);
            }
            server.listenForPackets();
            PacketEnds ends = options.ends();
            if (ends != null) {
                loop.call(() -> loop.packets().carry(Crossing.open(loop, ends)));
            }
            loop.call(loop.time()::publish);
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
        LOG.debug("serving {} in {}", rules.keySet(), folder.path());
        return server;
    }

    private static RandomGenerator random(OptionalLong seed) {
        return seed.isPresent() ? new SplittableRandom(seed.getAsLong()) : new SecureRandom();
    }

    private static KernelClock clock(OptionalLong virtualStart) {
        return virtualStart.isPresent()
                ? new VirtualClock(virtualStart.getAsLong())
                : new SystemClock();
    }

    private void listen(DialectName dialect) throws IOException {
        listen(
                dialect.text() + ".sock",
                SystemCalls.SOCK_SEQPACKET,
                (socket, peer) -> {
                    SystemCalls.passCredentials(socket.intValue());
                    return loop.opened(
                            new SeqpacketSession(loop, socket, peer, loop.open(dialect)));
                });
        listen(
                dialect.text() + ".stream",
                SystemCalls.SOCK_STREAM,
                (socket, peer) ->
                        loop.opened(new StreamSession(loop, socket, peer, loop.open(dialect))));
    }

    private void listenForControl() throws IOException {
        ControlVerbs verbs = new ControlVerbs(loop, folder.path());
        listen(
                CONTROL_SOCKET,
                SystemCalls.SOCK_STREAM,
                (socket, peer) -> new ControlSession(loop, socket, peer, verbs));
    }

    private void listenForTables(KlipsRules klips) throws IOException {
        KlipsTables tables = new KlipsTables(klips, loop.engine(), loop.deliveries()::process);
        listen(
                TABLES_SOCKET,
                SystemCalls.SOCK_STREAM,
                (socket, peer) -> new TableSession(loop, socket, peer, tables));
    }

    private void listenForPackets() throws IOException {
        listen(
                PACKETS + ".sock",
                SystemCalls.SOCK_SEQPACKET,
                (socket, peer) -> {
                    SystemCalls.passCredentials(socket.intValue());
                    return new PacketRecordSession(loop, socket, peer);
                });
        listen(
                PACKETS + ".stream",
                SystemCalls.SOCK_STREAM,
                (socket, peer) -> new PacketStreamSession(loop, socket, peer));
    }

    private void listen(String name, int type, Listener.Welcome welcome) throws IOException {
        Socket socket = folder.bind(name, type);
        loop.begin(new Listener(loop, socket, welcome));
    }

    /** The folder of the sockets. */
    public Path folder() {
        return folder.path();
    }

    /** The thread that serves. */
    KernelLoop loop() {
        return loop;
    }

    /** Ends every session, removes the sockets and ends the thread. Harmless when repeated. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        loop.close();
        folder.close();
        LOG.debug("stopped serving in {}", folder.path());
    }
}
