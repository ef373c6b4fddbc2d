package org.keysock.kernel.clock;

/** Where the server takes its moments from. */
public interface KernelClock {

    /** The present moment. */
    Now now();
}
