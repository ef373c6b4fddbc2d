package org.keysock.tools.terminal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A real pseudo-terminal with a program on it, which it controls: what a person at a terminal
 * types, signals among it, and what that person sees. Only the C library is needed for it.
 */
public final class PseudoTerminal implements AutoCloseable {

    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_CLOEXEC = 0x80000;
    private static final short POSIX_SPAWN_SETSID = 0x80;
    private static final int SIGKILL = 9;

    private static final long TIOCSWINSZ = 0x5414;
    private static final short ROWS = 24;
    private static final short COLUMNS = 100;

    /** More than any C library's structures need. */
    private static final int STRUCTURE_BYTES = 1024;

    /** Generous: no test waits so long unless it fails. */
    private static final long PATIENCE_MILLIS = 60_000;

    private static final Pattern ESCAPES =
            Pattern.compile("\\x1b(\\[[0-9;?]*[A-Za-z]|[=>])|\\r|\\x07");

    private final int master;
    private final int pid;
    private final Thread reader;
    private final StringBuilder output = new StringBuilder();
    private int seen;
    private boolean ended;
    private boolean reaped;

    static {
        Native.register(PseudoTerminal.class, NativeLibrary.getInstance("c"));
    }

    private static native int posix_openpt(int flags);

    private static native int grantpt(int fd);

    private static native int unlockpt(int fd);

    private static native int ptsname_r(int fd, Pointer name, long size);

    private static native int ioctl(int fd, long request, Pointer argument);

    private static native int close(int fd);

    private static native long read(int fd, Pointer bytes, long count);

    private static native long write(int fd, byte[] bytes, long count);

    private static native int kill(int pid, int signal);

    private static native int waitpid(int pid, IntByReference status, int options);

    private static native int posix_spawn_file_actions_init(Pointer actions);

    private static native int posix_spawn_file_actions_addopen(
            Pointer actions, int fd, String path, int flags, int mode);

    private static native int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int other);

    private static native int posix_spawnattr_init(Pointer attributes);

    private static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    private static native int posix_spawn(
            IntByReference pid,
            String path,
            Pointer actions,
            Pointer attributes,
            Pointer arguments,
            Pointer environment);

    /** Starts a program on a terminal of its own. */
    public PseudoTerminal(List<String> command, Map<String, String> environment)
            throws IOException {
        master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        checked(master < 0 ? Native.getLastError() : 0, "posix_openpt");
        checked(grantpt(master), "grantpt");
        checked(unlockpt(master), "unlockpt");
        Memory name = new Memory(64);
        checked(ptsname_r(master, name, name.size()), "ptsname_r");
        Memory size = new Memory(8);
        size.clear();
        size.setShort(0, ROWS);
        size.setShort(2, COLUMNS);
        checked(ioctl(master, TIOCSWINSZ, size), "TIOCSWINSZ");
        pid = spawn(name.getString(0), command, environment);
        reader = new Thread(this::readAll, "reader of the terminal");
        reader.setDaemon(true);
        reader.start();
    }

    /** The leader of a new session gets the first terminal that it opens as its own. */
    private static int spawn(String terminal, List<String> command, Map<String, String> environment)
            throws IOException {
        Memory actions = new Memory(STRUCTURE_BYTES);
        Memory attributes = new Memory(STRUCTURE_BYTES);
        checked(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        checked(posix_spawn_file_actions_addopen(actions, 0, terminal, O_RDWR, 0), "addopen");
        checked(posix_spawn_file_actions_adddup2(actions, 0, 1), "adddup2");
        checked(posix_spawn_file_actions_adddup2(actions, 0, 2), "adddup2");
        checked(posix_spawnattr_init(attributes), "posix_spawnattr_init");
        checked(posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSID), "setflags");
        List<String> variables = new ArrayList<>();
        environment.forEach((key, value) -> variables.add(key + "=" + value));
        IntByReference pid = new IntByReference();
        checked(
                posix_spawn(
                        pid,
                        command.get(0),
                        actions,
                        attributes,
                        new StringArray(command.toArray(new String[0])),
                        new StringArray(variables.toArray(new String[0]))),
                "posix_spawn");
        return pid.getValue();
    }

    private static void checked(int error, String what) throws IOException {
        if (error != 0) {
            throw new IOException(what + " failed: " + error);
        }
    }

    private void readAll() {
        Memory buffer = new Memory(4096);
        while (true) {
            // an error when the last process has left the terminal
            long count = read(master, buffer, buffer.size());
            synchronized (this) {
                if (count <= 0) {
                    ended = true;
                    notifyAll();
                    return;
                }
                byte[] bytes = buffer.getByteArray(0, (int) count);
                output.append(new String(bytes, StandardCharsets.ISO_8859_1));
                notifyAll();
            }
        }
    }

    /** Presses keys. */
    public void type(String keys) throws IOException {
        byte[] bytes = keys.getBytes(StandardCharsets.ISO_8859_1);
        if (write(master, bytes, bytes.length) != bytes.length) {
            throw new IOException("the terminal takes no keys");
        }
    }

    /**
     * Waits until a text can be seen behind what was waited for before, and gives all that stands
     * there up to its end; without the sequences that move the cursor or change colours.
     */
    public synchronized String await(String text) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (true) {
            String visible = visible();
            int found = visible.indexOf(text, seen);
            if (found >= 0) {
                String passed = visible.substring(seen, found + text.length());
                seen = found + text.length();
                return passed;
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (ended || left <= 0) {
                throw new AssertionError(
                        "no <" + text + "> in <" + visible.substring(seen) + "> behind the rest");
            }
            wait(left);
        }
    }

    private String visible() {
        return ESCAPES.matcher(output).replaceAll("");
    }

    /** Everything that was sent to the terminal, as it was. */
    public synchronized String raw() {
        return output.toString();
    }

    /** Waits for the end of the program; its exit code, or 128 and the signal that ended it. */
    public int end() throws InterruptedException {
        reader.join(PATIENCE_MILLIS);
        synchronized (this) {
            if (!ended) {
                throw new AssertionError("still there: <" + visible().substring(seen) + ">");
            }
        }
        return reap();
    }

    private int reap() {
        reaped = true;
        IntByReference status = new IntByReference();
        waitpid(pid, status, 0);
        int signal = status.getValue() & 0x7f;
        return signal == 0 ? status.getValue() >> 8 & 0xff : 128 + signal;
    }

    @Override
    public void close() {
        if (!reaped) {
            kill(pid, SIGKILL);
            reap();
        }
        try {
            reader.join();
            close(master);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
