package org.keysock.tools.ipseckey;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Makes SIGINT interrupt a thread instead of ending the program. */
final class Interrupts implements SignalHandler {

    private final Thread thread;

    private Interrupts(Thread thread) {
        this.thread = thread;
    }

    /** From now on SIGINT interrupts the calling thread. */
    static void reachThisThread() {
        Signal.handle(new Signal("INT"), new Interrupts(Thread.currentThread()));
    }

    @Override
    public void handle(Signal signal) {
        thread.interrupt();
    }
}
