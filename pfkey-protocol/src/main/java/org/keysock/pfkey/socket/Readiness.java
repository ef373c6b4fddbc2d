package org.keysock.pfkey.socket;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a non-blocking channel can be read, or until it can be written. The selector is made
 * by the first wait: a client that gets its answers at once never needs it.
 */
final class Readiness implements Closeable {

    private final SelectableChannel channel;
    private final int operation;
    private volatile @Nullable Selector selector;
    private volatile boolean closed;

    Readiness(SelectableChannel channel, int operation) {
        this.channel = channel;
        this.operation = operation;
    }

    /**
     * Waits. May return early, so try and wait again.
     *
     * @param nanos how long at most; Long.MAX_VALUE for ever
     * @throws ConnectionClosed if this was closed meanwhile
     * @throws InterruptedIOException if the thread was interrupted
     */
    void await(long nanos) throws IOException {
        try {
            Selector waiting = selector;
            if (waiting == null) {
                waiting = channel.provider().openSelector();
                selector = waiting;
            }
            if (channel.keyFor(waiting) == null) {
                channel.register(waiting, operation);
            }
            long millis = nanos == Long.MAX_VALUE ? 0 : nanos / 1_000_000 + 1;
            if (!closed) {
                waiting.select(millis);
                waiting.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | ClosedChannelException | CancelledKeyException gone) {
            throw new ConnectionClosed("closed while waiting");
        }
        if (closed) {
            throw new ConnectionClosed("closed while waiting");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for a key socket");
        }
    }

    /** Ends every wait, at once. */
    @Override
    public void close() throws IOException {
        closed = true;
        Selector waiting = selector;
        if (waiting != null) {
            waiting.close();
        }
    }
}
