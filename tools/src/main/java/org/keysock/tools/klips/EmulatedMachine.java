package org.keysock.tools.klips;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.Ipv6Address;
import org.keysock.pfkey.socket.EmulatorFolder;
import org.keysock.pfkey.socket.StreamConnection;
import org.keysock.pfkey.text.KlipsAddressText;
import org.keysock.tools.cli.HostNames;
import org.keysock.tools.cli.ProcessId;

/** The emulator as a machine with KLIPS: its sockets in its folder (interfaces.md). */
final class EmulatedMachine implements Machine {

    private static final String KEY_SOCKET = "klips.stream";
    private static final String TABLES = "tables.sock";
    private static final int COMPLAINT = '?';

    private final Path folder;
    private @Nullable HostNames hosts;

    EmulatedMachine(Map<String, String> env) {
        this.folder = EmulatorFolder.of(env);
    }

    @Override
    public KeySocket open() throws CallFailed {
        Path socket = folder.resolve(KEY_SOCKET);
        try {
            return new KernelSocket(StreamConnection.open(socket, Numbers.KLIPS));
        } catch (IOException e) {
            throw new CallFailed(denied(socket) ? LinuxErrno.EACCES : LinuxErrno.EAFNOSUPPORT);
        }
    }

    private static boolean denied(Path socket) {
        return Files.exists(socket) && !Files.isWritable(socket);
    }

    /** The tables that there are (docs/tables.md); {@code pfkey} is the sign of another stack. */
    @Override
    public InputStream table(String name) throws CallFailed {
        Path socket = folder.resolve(TABLES);
        if (!name.startsWith("ipsec_") && !name.startsWith("pf_key")) {
            throw new CallFailed(LinuxErrno.ENOENT);
        }
        try {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((name + "\n").getBytes(StandardCharsets.ISO_8859_1)));
            PushbackInputStream in = new PushbackInputStream(Channels.newInputStream(channel));
            int first = in.read();
            if (first == COMPLAINT) {
                in.close();
                throw new CallFailed(LinuxErrno.ENOENT);
            }
            if (first >= 0) {
                in.unread(first);
            }
            return in;
        } catch (IOException | UnsupportedOperationException e) {
            throw new CallFailed(denied(socket) ? LinuxErrno.EACCES : LinuxErrno.ENOENT);
        }
    }

    @Override
    public int processId() {
        return ProcessId.own();
    }

    /** The owner of /proc/self is the user. */
    @Override
    public boolean root() {
        try {
            Object user =
                    Files.getAttribute(
                            Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return user.equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    /** A name of no particular family is not looked up, as in the original. */
    @Override
    public KlipsAddressText.NameLookup names() {
        return new KlipsAddressText.NameLookup() {
            @Override
            public @Nullable IpAddress lookUp(String name, KlipsAddressText.Family family) {
                return switch (family) {
                    case INET -> first(name, Ipv4Address.class);
                    case INET6 -> first(name, Ipv6Address.class);
                    case ANY -> null;
                };
            }
        };
    }

    private @Nullable IpAddress first(String name, Class<? extends IpAddress> family) {
        try {
            HostNames known = hosts == null ? HostNames.configured() : hosts;
            hosts = known;
            for (IpAddress address : known.addresses(name)) {
                if (family.isInstance(address)) {
                    return address;
                }
            }
        } catch (IOException e) {
            return null; // as when no server of names answers
        }
        return null;
    }
}
