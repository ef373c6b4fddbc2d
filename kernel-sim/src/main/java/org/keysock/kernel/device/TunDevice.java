package org.keysock.kernel.device;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A TUN device: a network interface whose packets a program reads and writes, one IP packet a call,
 * without anything before it (linux/if_tun.h). It lives as long as this is open, unless it was
 * there before ({@code ip tuntap add}), which is how a user without privilege can have one.
 *
 * <p>Addresses and routes are given to it with {@code ip}, as to any interface.
 */
public final class TunDevice implements Closeable {

    private static final String DEVICE = "/dev/net/tun";
    private static final int LONGEST_NAME = 15;

    // asm-generic/fcntl.h
    private static final int O_RDWR_NONBLOCK_CLOEXEC = 0x80802;

    // linux/if_tun.h, linux/sockios.h, linux/if.h: struct ifreq
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN_NO_PI = 0x1001;
    private static final long SIOCSIFMTU = 0x8922;
    private static final int REQUEST_BYTES = 40;
    private static final int REQUEST_VALUE = 16;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 0x80002;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int ENXIO = 6;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int ENODEV = 19;
    private static final int EINVAL = 22;

    static {
        Native.register(TunDevice.class, NativeLibrary.getInstance("c"));
    }

    private final int descriptor;
    private final String name;

    private TunDevice(int descriptor, String name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    private static native int open(byte[] path, int flags);

    private static native int ioctl(int descriptor, long request, Memory argument);

    private static native int socket(int family, int type, int protocol);

    private static native int close(int descriptor);

    /**
     * Makes a device, or takes one that is there.
     *
     * @param name of the interface; a {@code %d} in it is a number that the system chooses
     * @param mtu the longest packet it is to take
     * @throws IOException if it cannot be had; the text is for people
     */
    public static TunDevice open(String name, int mtu) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length == 0 || bytes.length > LONGEST_NAME || !name.matches("[\\w.%-]+")) {
            throw new IOException(
                    "'" + name + "' cannot be the name of a TUN device: 1 to 15 of A-Za-z0-9_.-");
        }
        int descriptor =
                open((DEVICE + "\0").getBytes(StandardCharsets.US_ASCII), O_RDWR_NONBLOCK_CLOEXEC);
        if (descriptor < 0) {
            throw new IOException(DEVICE + " cannot be opened: " + reason(Native.getLastError()));
        }
        try (Memory request = new Memory(REQUEST_BYTES)) {
            request.clear();
            request.write(0, bytes, 0, bytes.length);
            request.setShort(REQUEST_VALUE, IFF_TUN_NO_PI);
            if (ioctl(descriptor, TUNSETIFF, request) < 0) {
                int errno = Native.getLastError();
                close(descriptor);
                throw new IOException("no TUN device " + name + ": " + reason(errno));
            }
            TunDevice device = new TunDevice(descriptor, request.getString(0, "US-ASCII"));
            device.mtu(mtu);
            return device;
        }
    }

    private static String reason(int errno) {
        return switch (errno) {
            case EPERM ->
                    "it needs CAP_NET_ADMIN, or an administrator who makes it beforehand (ip tuntap"
                            + " add mode tun user NAME name NAME)";
            case EACCES -> "permission denied";
            case ENOENT, ENODEV, ENXIO -> "this system has no TUN devices (module tun)";
            case EBUSY -> "another program has it";
            case EINVAL -> "there is an interface of that name, which is no TUN device";
            default -> "errno " + errno;
        };
    }

    /** Its interface's name. */
    public String name() {
        return name;
    }

    /** What is read and written, and never blocks. */
    public int descriptor() {
        return descriptor;
    }

    private void mtu(int bytes) throws IOException {
        int socket = socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
        try (Memory request = new Memory(REQUEST_BYTES)) {
            request.clear();
            request.setString(0, name, "US-ASCII");
            request.setInt(REQUEST_VALUE, bytes);
            if (socket < 0 || ioctl(socket, SIOCSIFMTU, request) < 0) {
                int errno = Native.getLastError();
                close(descriptor);
                throw new IOException("the MTU of " + name + " cannot be set: " + reason(errno));
            }
        } finally {
            close(socket);
        }
    }

    @Override
    public void close() {
        close(descriptor);
    }
}
