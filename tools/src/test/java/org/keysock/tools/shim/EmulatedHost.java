package org.keysock.tools.shim;

import static java.util.Objects.requireNonNull;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.KameExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.wire.Dialect;

/** One of the two hosts of {@code iked-pair.sh}, seen through its kernel's sockets. */
final class EmulatedHost implements Closeable {

    private static final long LIMIT_MILLIS = 120_000;
    private static final long PAUSE_MILLIS = 50;

    /**
     * An SA that can be used.
     *
     * @param ends source and destination
     * @param softBytes when the daemon is to be told that it is nearly used up; it chooses for
     *     itself, so this does not count when the SAs of two hosts are compared
     */
    record Tunnel(
            Spi spi,
            String ends,
            Extension.@Nullable Key authKey,
            Extension.@Nullable Key encryptKey,
            long softBytes) {

        String destination() {
            return ends.substring(ends.indexOf(' ') + 1);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Tunnel tunnel
                    && spi.equals(tunnel.spi)
                    && ends.equals(tunnel.ends)
                    && Objects.equals(authKey, tunnel.authKey)
                    && Objects.equals(encryptKey, tunnel.encryptKey);
        }

        @Override
        public int hashCode() {
            return spi.hashCode();
        }
    }

    /**
     * A policy.
     *
     * @param direction as on the wire: 1 in, 2 out, 3 forward
     * @param networks source and destination
     */
    record Flow(int direction, String networks) {

        Flow as(int other) {
            return new Flow(other, networks);
        }
    }

    private final Path folder;
    private final Process pair;
    private final StreamConnection connection;
    private int sequence;

    private EmulatedHost(Path folder, Process pair, StreamConnection connection) {
        this.folder = folder;
        this.pair = pair;
        this.connection = connection;
    }

    /** The host with that folder, when its kernel is up. */
    static EmulatedHost await(Path folder, Process pair) throws Exception {
        Path ready = folder.resolve("k").resolve("clock");
        long end = System.currentTimeMillis() + LIMIT_MILLIS;
        while (!Files.exists(ready)) {
            pause(folder, pair, end);
        }
        Dialect dialect = Dialect.of(DialectName.LINUX);
        Path socket = ready.resolveSibling("linux.stream");
        return new EmulatedHost(folder, pair, StreamConnection.open(socket, dialect));
    }

    private static void pause(Path folder, Process pair, long end) throws Exception {
        if (!pair.isAlive() || System.currentTimeMillis() > end) {
            Path log = folder.resolve("log");
            throw new IOException(
                    "waited in vain in "
                            + folder
                            + "; alive: "
                            + pair.isAlive()
                            + "\n"
                            + (Files.exists(log) ? Files.readString(log) : ""));
        }
        Thread.sleep(PAUSE_MILLIS);
    }

    Path folder() {
        return folder;
    }

    /** The SAs, once they are as wanted. */
    Set<Tunnel> awaitTunnels(Predicate<Set<Tunnel>> wanted) throws Exception {
        long end = System.currentTimeMillis() + LIMIT_MILLIS;
        for (Set<Tunnel> found = tunnels(); ; found = tunnels()) {
            if (wanted.test(found)) {
                return found;
            }
            pause(folder, pair, end);
        }
    }

    /** The policies, once they are as wanted. */
    Set<Flow> awaitFlows(Predicate<Set<Flow>> wanted) throws Exception {
        long end = System.currentTimeMillis() + LIMIT_MILLIS;
        for (Set<Flow> found = flows(); ; found = flows()) {
            if (wanted.test(found)) {
                return found;
            }
            pause(folder, pair, end);
        }
    }

    /** The SAs that there are, without those that wait for their keys. */
    Set<Tunnel> tunnels() throws IOException {
        Set<Tunnel> tunnels = new HashSet<>();
        for (SadbMessage shown : all(MessageType.DUMP)) {
            Extension.Sa sa = requireNonNull(shown.sa());
            if (!sa.state().equals(SaState.LARVAL)) {
                Extension.Lifetime soft = shown.lifetime(ExtensionType.LIFETIME_SOFT);
                tunnels.add(
                        new Tunnel(
                                sa.spi(),
                                address(shown, ExtensionType.ADDRESS_SRC).address()
                                        + " "
                                        + address(shown, ExtensionType.ADDRESS_DST).address(),
                                shown.key(ExtensionType.KEY_AUTH),
                                shown.key(ExtensionType.KEY_ENCRYPT),
                                soft == null ? 0 : soft.bytes()));
            }
        }
        return tunnels;
    }

    /** The policies that there are. */
    Set<Flow> flows() throws IOException {
        Set<Flow> flows = new HashSet<>();
        for (SadbMessage shown : all(MessageType.X_SPDDUMP)) {
            KameExtension.Policy policy =
                    requireNonNull(shown.find(ExtensionType.X_POLICY, KameExtension.Policy.class));
            flows.add(
                    new Flow(
                            policy.direction(),
                            network(address(shown, ExtensionType.ADDRESS_SRC))
                                    + " "
                                    + network(address(shown, ExtensionType.ADDRESS_DST))));
        }
        return flows;
    }

    private static Extension.Address address(SadbMessage message, ExtensionType type) {
        return requireNonNull(message.address(type));
    }

    private static String network(Extension.Address address) {
        return address.address() + "/" + address.prefixLength();
    }

    private List<SadbMessage> all(MessageType type) throws IOException {
        int pid = (int) ProcessHandle.current().pid();
        connection.send(SadbMessage.of(BaseHeader.of(type, SaType.UNSPEC, ++sequence, pid)));
        List<SadbMessage> shown = new ArrayList<>();
        for (; ; ) {
            Reading reading = requireNonNull(connection.receive(LIMIT_MILLIS), "no answer");
            SadbMessage message = ((Reading.Whole) reading).message();
            BaseHeader header = message.header();
            if (header.type() != type || header.pid() != pid) {
                continue;
            }
            if (header.errno() == Errno.OK) {
                shown.add(message);
            }
            if (header.errno() != Errno.OK || header.sequence() == 0) {
                return shown;
            }
        }
    }

    /** So many bytes through an SA that its daemon is told to replace it. */
    void useUp(Tunnel tunnel) throws IOException {
        use(tunnel, tunnel.softBytes());
        use(tunnel, 1); // Linux looks at the limits before it counts a packet
    }

    private void use(Tunnel tunnel, long bytes) throws IOException {
        String request =
                String.format(
                        "{\"verb\":\"use\",\"type\":\"esp\",\"spi\":%d,\"dst\":\"%s\",\"bytes\":%d}\n",
                        Integer.toUnsignedLong(tunnel.spi().value()),
                        tunnel.destination(),
                        bytes);
        Path control = folder.resolve("k").resolve("control.sock");
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(control));
                BufferedReader answers =
                        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            String answer = answers.readLine();
            if (answer == null || !answer.contains("\"passed\":true")) {
                throw new IOException(request + answer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
