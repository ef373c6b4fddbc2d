package org.keysock.kernel.server;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket: accepts who may talk to us. */
final class Listener implements EpollIoHandle {

    /** What is made of an accepted connection. */
    interface Welcome {
        Connection of(Socket socket, PeerCredentials peer) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int ACCEPT_BATCH = 16;
    private static final long PAUSE_MILLIS = 100;

    private final KernelLoop loop;
    private final Socket socket;
    private final Welcome welcome;
    private final int ourUid = SystemCalls.geteuid();
    private final byte[] address = new byte[128];

    Listener(KernelLoop loop, Socket socket, Welcome welcome) {
        this.loop = loop;
        this.socket = socket;
        this.welcome = welcome;
    }

    @Override
    public io.netty.channel.unix.FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        try {
            for (int count = 0; count < ACCEPT_BATCH; count++) {
                int fd = socket.accept(address);
                if (fd < 0) {
                    return;
                }
                welcome(new Socket(fd));
            }
        } catch (IOException outOfDescriptors) {
            // the backlog keeps who waits; trying again at once would only spin
            LOG.warn("cannot accept a connection: {}", outOfDescriptors.getMessage());
            registration.submit(EpollIoOps.NONE);
            ScheduledFuture<?> unused =
                    loop.later(PAUSE_MILLIS, () -> registration.submit(EpollIoOps.EPOLLIN));
        }
    }

    private void welcome(Socket accepted) throws IOException {
        try {
            PeerCredentials peer = SystemCalls.peerCredentials(accepted.intValue());
            if (peer.mayTalkTo(ourUid)) {
                loop.begin(welcome.of(accepted, peer));
            } else {
                LOG.warn("refused process {} of user {}", peer.pid(), peer.uid());
                accepted.close();
            }
        } catch (IOException | RuntimeException | Error failure) {
            LOG.warn("lost a connection at its beginning", failure);
            accepted.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
