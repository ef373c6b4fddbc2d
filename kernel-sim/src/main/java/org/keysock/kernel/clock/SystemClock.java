package org.keysock.kernel.clock;

/** Real time. */
public final class SystemClock implements KernelClock {

    private final long origin = System.nanoTime();

    @Override
    public Now now() {
        return new Now(System.currentTimeMillis() / 1000, (System.nanoTime() - origin) / 1_000_000);
    }
}
