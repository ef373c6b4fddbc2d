package org.keysock.kernel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keysock.pfkey.socket.ServerClock;

/** What may stand in the way of a server, and what becomes of it (decisions.md 20). */
@Timeout(60)
final class SocketFolderTest {

    private static final String NAME = "solaris.sock";

    private final Path temporary;

    SocketFolderTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    private Path folder() {
        return temporary.resolve("f");
    }

    private static void assertRefused(String why, Path folder) {
        IOException refused =
                assertThrows(
                        IOException.class,
                        () -> {
                            try (PfKeyServer server = PfKeyServer.start(ServerOptions.in(folder))) {
                                server.folder();
                            }
                        });
        String text = String.valueOf(refused.getMessage());
        assertTrue(text.contains(why), text);
    }

    private void start() throws IOException {
        try (PfKeyServer server = PfKeyServer.start(ServerOptions.in(folder()))) {
            assertTrue(Files.exists(server.folder().resolve(NAME)));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private Path made() throws IOException {
        start();
        return folder();
    }

    @Test
    void folderAndSocketsAreForTheOwnerAlone() throws IOException {
        try (PfKeyServer server = PfKeyServer.start(ServerOptions.in(folder()))) {
            assertEquals("rwx------", mode(server.folder()));
            for (String name :
                    new String[] {NAME, "solaris.stream", PfKeyServer.CONTROL_SOCKET, "clock"}) {
                assertEquals("rw-------", mode(folder().resolve(name)));
            }
        }
        assertFalse(Files.exists(folder().resolve(NAME)));
        assertFalse(Files.exists(folder().resolve(ServerClock.FILE)));
    }

    @Test
    void aSecondServerIsRefused() throws IOException {
        try (PfKeyServer server = PfKeyServer.start(ServerOptions.in(folder()))) {
            assertRefused("another server runs", server.folder());
            assertTrue(Files.exists(server.folder().resolve(NAME)));
        }
        start();
    }

    @Test
    void aStaleSocketIsReplaced() throws IOException {
        Path path = made().resolve(NAME);
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(Files.exists(path));
        start();
    }

    @Test
    void aLiveSocketOfSomebodyElseIsLeftAlone() throws IOException {
        Path path = made().resolve(NAME);
        try (ServerSocketChannel live = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            live.bind(UnixDomainSocketAddress.of(path));
            assertRefused("somebody listens", folder());
            assertTrue(Files.exists(path));
        }
    }

    @Test
    void aLiveSocketOfTheOtherTypeIsLeftAlone() throws IOException {
        Path stream = made().resolve("solaris.stream");
        try (SocketFolder other = SocketFolder.open(temporary.resolve("o"))) {
            Socket live = other.bind(NAME, SystemCalls.SOCK_SEQPACKET);
            Files.move(other.path().resolve(NAME), stream);
            assertRefused("somebody listens", folder());
            live.close();
        }
        start();
    }

    @Test
    void aRegularFileIsNeverDeleted() throws IOException {
        Path path = made().resolve(NAME);
        Files.writeString(path, "precious");
        assertRefused("is not a socket", folder());
        assertEquals("precious", Files.readString(path));
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws IOException {
        Path path = made().resolve(NAME);
        Path target = temporary.resolve("target");
        Files.createSymbolicLink(path, target);
        assertRefused("is not a socket", folder());
        assertTrue(Files.isSymbolicLink(path));
        assertFalse(Files.exists(target));
    }

    @Test
    void aFolderOpenToOthersIsRefused() throws IOException {
        Files.createDirectory(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-x---"));
        assertRefused("mode 0700", folder());
    }

    @Test
    void aFileInsteadOfAFolderIsRefused() throws IOException {
        Files.createFile(folder());
        assertRefused("not a directory", folder());
    }

    @Test
    void aPathTooLongForASocketIsRefused() {
        assertRefused("at most 107 bytes", temporary.resolve("x".repeat(110)));
    }

    @Test
    void atTheEndOnlyOurOwnSocketIsRemoved() throws IOException {
        Path path = folder().resolve(NAME);
        try (PfKeyServer server = PfKeyServer.start(ServerOptions.in(folder()))) {
            Files.delete(server.folder().resolve(NAME));
            Files.writeString(path, "another's");
        }
        assertEquals("another's", Files.readString(path));
    }

    @Test
    void onlyTheSameUserAndRootMayTalk() {
        assertTrue(new PeerCredentials(1, 1000).mayTalkTo(1000));
        assertTrue(new PeerCredentials(1, 0).mayTalkTo(1000));
        assertFalse(new PeerCredentials(1, 1001).mayTalkTo(1000));
        assertFalse(new PeerCredentials(1, 1001).mayTalkTo(0));
    }
}
