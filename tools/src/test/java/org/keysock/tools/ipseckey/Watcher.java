package org.keysock.tools.ipseckey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.keysock.tools.ipseckey.Typist.Printed;

/** A monitor that runs beside a test until it is interrupted. */
final class Watcher {

    private final ByteArrayOutputStream out = new Counting();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Thread thread;
    private int waits;
    private int exit = -1;

    Watcher(Typist typist, List<String> words) {
        thread = new Thread(() -> exit = typist.run("", out, err, words), "watcher");
        thread.start();
    }

    /** Waits until it has come so often to the point where it waits for a message. */
    synchronized void until(int count, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (waits < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException(
                        "the monitor has waited " + waits + " times, not " + count + ": " + out);
            }
            wait(left);
        }
    }

    /** Ends it; what it printed. */
    Printed interrupted() throws InterruptedException {
        thread.interrupt();
        thread.join();
        return new Printed(
                out.toString(StandardCharsets.ISO_8859_1),
                err.toString(StandardCharsets.ISO_8859_1),
                exit);
    }

    private synchronized void waiting() {
        waits++;
        notifyAll();
    }

    /** A monitor flushes before each wait, and nowhere else before it ends. */
    private final class Counting extends ByteArrayOutputStream {
        @Override
        public synchronized void flush() throws IOException {
            super.flush();
            waiting();
        }
    }
}
