package org.keysock.kernel.server;

import io.netty.channel.epoll.EpollIoHandle;
import java.io.IOException;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.transform.Fate;

/** Where packets leave the emulator for the host, and come from. */
interface Port extends EpollIoHandle {

    /** Packets taken in before others get their turn. */
    int BATCH = 64;

    /**
     * Sends a packet, if there is room for it.
     *
     * @param fate what became of it in the core
     */
    void send(Packet packet, Fate fate);

    @Override
    void close() throws IOException;

    /** What happens to a packet that has come, once it has been loaded. */
    interface Arrival {
        void packet();
    }
}
