package org.keysock.kernel.server;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.socket.ServerClock;
import org.keysock.pfkey.socket.SocketPath;

/**
 * The folder of an emulator: its sockets, its lock, its clock (decisions.md 20). It is private to
 * its owner, so a socket need not be hidden while it is made. What is not ours is never touched.
 */
final class SocketFolder implements Closeable {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> FILE_MODE =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int BACKLOG = 4096;

    private final Path folder;
    private final FileChannel lockFile;
    private final Map<Path, FileIdentity> bound = new LinkedHashMap<>();

    private SocketFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /**
     * Takes a folder, which is created with mode 0700 if it does not exist.
     *
     * @throws IOException if it is not a directory, not ours, open to others, or in use by another
     *     server; the text is for people
     */
    static SocketFolder open(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        create(absolute);
        check(absolute);
        FileChannel lockFile =
                FileChannel.open(
                        absolute.resolve("lock"),
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        FILE_MODE);
        try {
            if (!locked(lockFile)) {
                throw new IOException("another server runs in " + absolute);
            }
            return new SocketFolder(absolute, lockFile);
        } catch (IOException refused) {
            lockFile.close();
            throw refused;
        }
    }

    private static void create(Path folder) throws IOException {
        if (FileIdentity.of(folder) == null) {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, FOLDER_MODE);
        }
    }

    private static void check(Path folder) throws IOException {
        FileIdentity found = FileIdentity.of(folder);
        if (found == null || !found.isDirectory()) {
            throw new IOException(folder + " is not a directory");
        }
        if (found.uid() != SystemCalls.geteuid()) {
            throw new IOException(folder + " belongs to another user, number " + found.uid());
        }
        if (found.permissions() != 0700) {
            throw new IOException(
                    folder
                            + " must have mode 0700, not 0"
                            + Integer.toOctalString(found.permissions()));
        }
    }

    private static boolean locked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    /** The folder. */
    Path path() {
        return folder;
    }

    /**
     * A listening socket of that name, mode 0600. A socket that nobody listens at any more is
     * replaced.
     *
     * @param type {@link SystemCalls#SOCK_STREAM} or {@link SystemCalls#SOCK_SEQPACKET}
     * @throws IOException if something else is in the way, or the path is too long
     */
    Socket bind(String name, int type) throws IOException {
        Path path = SocketPath.checked(folder.resolve(name));
        removeStale(path);
        Socket socket = SystemCalls.unixSocket(type);
        try {
            socket.bind(new DomainSocketAddress(path.toString()));
            FileIdentity ours = FileIdentity.of(path);
            if (ours == null) {
                throw new IOException(path + " vanished");
            }
            bound.put(path, ours);
            Files.setPosixFilePermissions(path, OWNER_ONLY);
            socket.listen(BACKLOG);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private static void removeStale(Path path) throws IOException {
        FileIdentity found = FileIdentity.of(path);
        if (found == null) {
            return;
        }
        if (!found.isSocket()) {
            throw new IOException(path + " is in the way and is not a socket");
        }
        if (found.uid() != SystemCalls.geteuid()) {
            throw new IOException(path + " belongs to another user, number " + found.uid());
        }
        if (isLive(path)) {
            throw new IOException("somebody listens at " + path + " already");
        }
        Files.delete(path);
    }

    /** Whether somebody listens there; whatever is not a plain refusal counts as yes. */
    private static boolean isLive(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (SocketException otherType) {
            return true;
        }
    }

    /**
     * Writes the time for clients that print it.
     *
     * @param virtualSeconds seconds since 1970 at which virtual time stands; null for the system's
     */
    void publishClock(@Nullable Long virtualSeconds) throws IOException {
        String line =
                virtualSeconds == null ? ServerClock.system() : ServerClock.virtual(virtualSeconds);
        Path written = folder.resolve(ServerClock.FILE + ".new");
        Files.deleteIfExists(written);
        try (SeekableByteChannel out =
                Files.newByteChannel(
                        written,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        FILE_MODE)) {
            out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        }
        Files.move(written, folder.resolve(ServerClock.FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the sockets that are still ours, and lets the next server in. */
    @Override
    public void close() throws IOException {
        try (lockFile) {
            for (Map.Entry<Path, FileIdentity> each : bound.entrySet()) {
                FileIdentity now = FileIdentity.of(each.getKey());
                if (now != null && now.sameFile(each.getValue())) {
                    Files.delete(each.getKey());
                }
            }
            Files.deleteIfExists(folder.resolve(ServerClock.FILE));
        }
    }
}
