package org.keysock.kernel.server;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Signals that this process receives. They come by {@code sun.misc.Signal}, which is looked up by
 * name because the compiler has no way to use it without a warning.
 */
final class HostSignals {

    /** The signals that end a program politely, by name and number. */
    private enum Polite {
        HUP(1),
        INT(2),
        TERM(15);

        private final int number;

        Polite(int number) {
            this.number = number;
        }
    }

    private HostSignals() {}

    /**
     * From now on {@code receiver} is given the name of each SIGHUP, SIGINT and SIGTERM, on a
     * thread of its own, and they do nothing else. One that this process was started to ignore
     * stays ignored, so that its children ignore it too.
     */
    static void receive(Consumer<String> receiver) {
        long ignored = ignored();
        for (Polite signal : Polite.values()) {
            if ((ignored >>> (signal.number - 1) & 1) == 0) {
                handle(signal.name(), receiver);
            }
        }
    }

    private static void handle(String name, Consumer<String> receiver) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            HostSignals.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> {
                                receiver.accept(name);
                                return null;
                            });
            Object number = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, number, proxy);
        } catch (ReflectiveOperationException noSignals) {
            throw new IllegalStateException("this JVM has no signals", noSignals);
        }
    }

    /** The signals that are ignored, bit N-1 for signal N; none where there is no /proc. */
    private static long ignored() {
        for (String line : lines(Path.of("/proc/self/status"))) {
            if (line.startsWith("SigIgn:")) {
                return Long.parseUnsignedLong(line.substring(7).strip(), 16);
            }
        }
        return 0;
    }

    /**
     * Whether a signal typed at a terminal goes to this process and to the children in its process
     * group: whether that group is the terminal's foreground group.
     */
    static boolean typedSignalsReachChildren() {
        for (String stat : lines(Path.of("/proc/self/stat"))) {
            // behind the name in brackets: state, parent, group, session, terminal, foreground
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 7);
            return fields[2].equals(fields[5]);
        }
        return false;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException notLinux) {
            return List.of();
        }
    }
}
