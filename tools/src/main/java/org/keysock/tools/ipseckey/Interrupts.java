package org.keysock.tools.ipseckey;

import org.jspecify.annotations.Nullable;
import org.keysock.tools.cli.Signals;

/** Makes SIGINT interrupt a thread instead of ending the program. */
final class Interrupts {

    private static volatile @Nullable Thread reached;
    private static volatile boolean heeded = true;

    private Interrupts() {}

    /** From now on SIGINT interrupts the calling thread. */
    static void reachThisThread() {
        reached = Thread.currentThread();
        Signals.handle("INT", Interrupts::arrived);
    }

    /** Whether SIGINT has an effect: typed commands are not disturbed by it, a monitor ends. */
    static void heed(boolean wanted) {
        heeded = wanted;
    }

    /** SIGINT has come. */
    static void arrived() {
        Thread thread = reached;
        if (heeded && thread != null) {
            thread.interrupt();
        }
    }
}
