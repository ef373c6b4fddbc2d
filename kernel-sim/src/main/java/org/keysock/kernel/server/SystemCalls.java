package org.keysock.kernel.server;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The few system calls that neither the JDK nor Netty has, with the layouts and numbers of 64-bit
 * Linux. Addresses and sizes are longs.
 */
final class SystemCalls {

    static final int EAGAIN = 11;
    private static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int ECONNRESET = 104;

    static final int SOCK_STREAM = 1;
    static final int SOCK_SEQPACKET = 5;

    private static final int AF_UNIX = 1;
    private static final int SOCK_NONBLOCK_CLOEXEC = 0x80800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PASSCRED = 16;
    private static final int SO_PEERCRED = 17;
    private static final int UCRED_BYTES = 12;
    private static final short POLLOUT = 4;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;

    static {
        Native.register(SystemCalls.class, NativeLibrary.getInstance("c"));
    }

    private SystemCalls() {}

    static native int geteuid();

    static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    static native int sendmmsg(int fd, long messages, int count, int flags);

    static native int close(int fd);

    private static native int socket(int family, int type, int protocol);

    private static native int getsockopt(int fd, int level, int name, long value, long length);

    private static native int setsockopt(int fd, int level, int name, long value, int length);

    private static native int fcntl(int fd, int command, int argument);

    private static native int poll(long fds, long count, int timeoutMillis);

    private static native long write(int fd, long bytes, long count);

    /** Native memory in host order, freed with the buffer. */
    static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Where that memory is. */
    static long address(ByteBuffer memory) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(memory));
    }

    /** The errno of the last call that failed on this thread. */
    static int errno() {
        return Native.getLastError();
    }

    /** A new AF_UNIX socket that never blocks. */
    static Socket unixSocket(int type) throws IOException {
        int fd = socket(AF_UNIX, type | SOCK_NONBLOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw new IOException("no socket to be had: errno " + errno());
        }
        return new Socket(fd);
    }

    /** Who is at the other end: SO_PEERCRED, fixed when the peer connected. */
    static PeerCredentials peerCredentials(int fd) throws IOException {
        ByteBuffer credentials = memory(UCRED_BYTES);
        ByteBuffer length = memory(Integer.BYTES).putInt(0, UCRED_BYTES);
        if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, address(credentials), address(length)) != 0) {
            throw new IOException("no peer credentials: errno " + errno());
        }
        return new PeerCredentials(credentials.getInt(0), credentials.getInt(4));
    }

    /** From now on every record read from this socket has a control message with it. */
    static void passCredentials(int fd) throws IOException {
        ByteBuffer on = memory(Integer.BYTES).putInt(0, 1);
        if (setsockopt(fd, SOL_SOCKET, SO_PASSCRED, address(on), Integer.BYTES) != 0) {
            throw new IOException("no SO_PASSCRED: errno " + errno());
        }
    }

    /**
     * Writes a 32-bit number in host order, unless that would block. An eventfd(2) takes nothing
     * but 64-bit numbers, of which 0 says nothing: the number and one are added to it.
     *
     * @param view 16 bytes of {@link #memory} to work with
     * @param scratch their address
     */
    static void writeNow(int fd, int number, ByteBuffer view, long scratch) {
        view.putInt(0, fd).putShort(4, POLLOUT).putShort(6, (short) 0).putInt(8, number);
        if (poll(scratch, 1, 0) == 1
                && (view.getShort(6) & POLLOUT) != 0
                && write(fd, scratch + 8, Integer.BYTES) < 0
                && errno() == EINVAL) {
            if (number != 0) {
                fcntl(fd, F_SETFL, O_NONBLOCK); // poll says only that 1 can be added
            }
            view.putLong(8, number + 1L);
            write(fd, scratch + 8, Long.BYTES);
        }
    }
}
