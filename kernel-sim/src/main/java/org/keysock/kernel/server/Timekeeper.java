package org.keysock.kernel.server;

import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.KernelClock;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.clock.VirtualClock;
import org.keysock.kernel.engine.KeyEngine;

/**
 * Lets the engine's deadlines come: real ones by a timer, virtual ones when the clock is advanced.
 */
final class Timekeeper {

    private final KernelLoop loop;
    private final KeyEngine engine;
    private final KernelClock clock;
    private final SocketFolder folder;
    private final @Nullable VirtualClock virtual;
    private long armedFor = Long.MAX_VALUE;
    private @Nullable ScheduledFuture<?> timer;

    Timekeeper(KernelLoop loop, KeyEngine engine, KernelClock clock, SocketFolder folder) {
        this.loop = loop;
        this.engine = engine;
        this.clock = clock;
        this.folder = folder;
        this.virtual = clock instanceof VirtualClock movable ? movable : null;
    }

    /** The present moment. */
    Now now() {
        return clock.now();
    }

    /** Whether time moves only by {@link #advance}. */
    boolean isVirtual() {
        return virtual != null;
    }

    /** Makes sure that the next deadline is noticed. */
    void arm() {
        long next = nextDeadline();
        if (virtual != null || next >= armedFor) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        armedFor = next;
        long delay = Math.max(1, next - clock.now().millis());
        timer = loop.later(delay, this::fire);
    }

    private void fire() {
        armedFor = Long.MAX_VALUE;
        timer = null;
        try {
            expire();
        } catch (RuntimeException | Error fault) {
            loop.faults().note("a deadline could not be met", fault);
        }
        loop.deliver();
    }

    /**
     * Moves virtual time, stopping at every deadline on the way, so that each happens at its own
     * moment and is written before the next.
     *
     * @throws IllegalStateException if the clock is the system's
     */
    void advance(long millis) throws IOException {
        VirtualClock moving = virtual;
        if (moving == null) {
            throw new IllegalStateException("the clock is the system's and cannot be advanced");
        }
        long until = Math.addExact(clock.now().millis(), millis);
        for (long next = nextDeadline(); next <= until; next = nextDeadline()) {
            move(moving, Math.max(0, next - clock.now().millis()));
        }
        move(moving, until - clock.now().millis());
    }

    /** One stop: the time is published before anybody hears of what happens then. */
    private void move(VirtualClock moving, long millis) throws IOException {
        long before = clock.now().wallSeconds();
        moving.advance(millis);
        if (clock.now().wallSeconds() != before) {
            publish();
        }
        expire();
        loop.deliver();
    }

    private long nextDeadline() {
        return Math.min(engine.nextDeadline(), loop.packets().nextDeadline());
    }

    private void expire() {
        engine.expire(clock.now());
        loop.packets().expire(clock.now());
    }

    /** Writes the time into the folder for clients that print it. */
    void publish() throws IOException {
        folder.publishClock(virtual == null ? null : clock.now().wallSeconds());
    }
}
