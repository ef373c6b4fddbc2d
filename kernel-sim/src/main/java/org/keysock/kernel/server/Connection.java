package org.keysock.kernel.server;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * The server's end of one connection: when it is read, written and closed.
 *
 * <p>What a client has sent is read to its end whatever becomes of our answers: a kernel handles a
 * message inside {@code write}, so a program that writes and exits at once has had it executed. A
 * failed write therefore only makes the connection deaf; it is closed when the client's side has
 * ended and nothing is left to be written.
 */
abstract class Connection implements EpollIoHandle {

    private final KernelLoop loop;
    private final Socket socket;
    private final PeerCredentials peer;
    private IoRegistration registration;
    private EpollIoOps interest = EpollIoOps.NONE;
    private boolean ended;
    private boolean deaf;
    private boolean closed;

    @SuppressWarnings("NullAway.Init") // registered before anything else happens to it
    Connection(KernelLoop loop, Socket socket, PeerCredentials peer) {
        this.loop = loop;
        this.socket = socket;
        this.peer = peer;
    }

    /** Reads and handles a batch of what is there; calls {@link #endOfRequests} at its end. */
    abstract void read() throws IOException;

    /** Makes and writes the next batch of what is left to be written. */
    abstract void write() throws IOException;

    /** Whether something is left to be written. */
    abstract boolean unsent();

    /** Whether requests may be read, or our answers must be taken first. */
    abstract boolean mayRead();

    /** Forgets what is left to be written. */
    abstract void discard();

    /** The connection is gone. */
    abstract void gone();

    /** Who is at the other end. */
    final PeerCredentials peer() {
        return peer;
    }

    final KernelLoop loop() {
        return loop;
    }

    final Socket socket() {
        return socket;
    }

    final boolean deaf() {
        return deaf;
    }

    /** Takes part in the loop from now on. */
    final void begin(IoRegistration ours) {
        registration = ours;
        settle();
    }

    @Override
    public final io.netty.channel.unix.FileDescriptor fd() {
        return socket;
    }

    @Override
    public final void handle(IoRegistration ours, IoEvent event) {
        if (closed) {
            return;
        }
        try {
            if (unsent()) {
                attempt(this::write);
            }
            boolean onlyWritable = ((EpollIoEvent) event).ops().equals(EpollIoOps.EPOLLOUT);
            if (!onlyWritable && !ended && mayRead()) {
                read();
            }
        } catch (IOException | RuntimeException | Error failure) {
            loop.connectionFailed(this, failure);
            close();
        }
        loop.deliver();
        settle();
    }

    /** Something that writes to the client. */
    interface Writing {
        void run() throws IOException;
    }

    /** Writes; a receiver that is gone makes the connection deaf. */
    final void attempt(Writing writing) {
        if (deaf) {
            return;
        }
        try {
            writing.run();
        } catch (IOException gone) {
            deaf = true;
            discard();
        }
    }

    /** The client will send no more. */
    final void endOfRequests() {
        ended = true;
    }

    /** Whether the connection takes part no longer. */
    final boolean closed() {
        return closed;
    }

    /** Waits for what it needs next, or closes when there is nothing more to come. */
    final void settle() {
        if (closed) {
            return;
        }
        if (ended && !unsent()) {
            close();
            return;
        }
        EpollIoOps wanted = EpollIoOps.NONE;
        if (!ended && mayRead()) {
            wanted = wanted.with(EpollIoOps.EPOLLIN);
        }
        if (unsent()) {
            wanted = wanted.with(EpollIoOps.EPOLLOUT);
        }
        if (wanted.value() != interest.value()) {
            interest = wanted;
            registration.submit(wanted);
        }
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        discard();
        gone();
        loop.connectionGone(this);
        registration.cancel();
        try {
            socket.close();
        } catch (IOException failure) {
            loop.connectionFailed(this, failure);
        }
    }
}
