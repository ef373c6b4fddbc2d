package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.KeySocket;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.SadbMessage;

/** An open key socket: one client's connection and what waits to be written to it. */
abstract class Session extends Connection {

    /** Records made for a dump before others get their turn. */
    private static final int DUMP_BATCH = 128;

    private final KeySocket keySocket;
    private final Outbound outbound = new Outbound();
    private boolean reading = true;
    private boolean marked;
    private boolean freshDump;
    private Errno sendFailure = Errno.OK;

    Session(KernelLoop loop, Socket socket, PeerCredentials peer, KeySocket keySocket) {
        super(loop, socket, peer);
        this.keySocket = keySocket;
    }

    /** Name of the transport, for people: {@code seqpacket} or {@code stream}. */
    abstract String transport();

    /**
     * Whether the client waits for an acknowledgement of the record at hand. It takes no replies
     * meanwhile: when it is more than full they are dropped, as a kernel does; of other clients the
     * requests are not read any further.
     */
    boolean acknowledging() {
        return false;
    }

    /** Writes waiting records until none is left or the receiver is full. */
    abstract void transmit(Outbound records) throws IOException;

    /** This connection as the engine sees it. */
    final KeySocket keySocket() {
        return keySocket;
    }

    /** What waits to be written. */
    final Outbound outbound() {
        return outbound;
    }

    /** Whether requests are not read until answers have been taken. */
    final boolean paused() {
        return !reading;
    }

    /** Queues a reply. */
    final void reply(byte[] record) {
        if (deaf()) {
            return;
        }
        if (acknowledging() && outbound.aboveHighWater()) {
            outbound.countDropped();
        } else {
            outbound.add(record);
            mark();
        }
    }

    /** Queues news, or drops it when the receiver is full. */
    final void news(byte[] record) {
        if (deaf()) {
            return;
        }
        if (!outbound.hasRoom()) {
            flush();
        }
        if (outbound.hasRoom()) {
            outbound.add(record);
            mark();
        } else {
            outbound.countDropped();
        }
    }

    /** Begins a dump. */
    final void dump(Supplier<@Nullable SadbMessage> next, Runnable ended) {
        outbound.dump(next, ended);
        if (deaf() || closed()) {
            outbound.discard();
        } else {
            freshDump = true;
            mark();
        }
    }

    /** The {@code send} call of the record at hand fails. */
    final void failSend(Errno errno) {
        sendFailure = errno;
    }

    /** The record at hand could not be handled: the client is not left waiting for an answer. */
    final void failRequest() {
        if (acknowledging()) {
            failSend(Errno.EIO);
        } else {
            endOfRequests();
        }
    }

    /** How the {@code send} call of the record just handled ended; said once. */
    final Errno takeSendFailure() {
        Errno taken = sendFailure;
        sendFailure = Errno.OK;
        return taken;
    }

    private void mark() {
        if (!marked) {
            marked = true;
            loop().toBeDelivered(this);
        }
    }

    /** Writes what has been queued since the last delivery, and the first batch of a new dump. */
    final void deliver() {
        marked = false;
        if (closed()) {
            return;
        }
        try {
            if (freshDump) {
                freshDump = false;
                attempt(this::write);
            } else {
                flush();
            }
            settle();
        } catch (RuntimeException | Error fault) {
            loop().connectionFailed(this, fault);
            close();
        }
    }

    private void flush() {
        if (!outbound.isEmpty()) {
            attempt(this::transmitWaiting);
        }
    }

    private void transmitWaiting() throws IOException {
        transmit(outbound);
    }

    @Override
    final void write() throws IOException {
        makeDump();
        transmit(outbound);
    }

    /** Makes a batch of a dump's records. A record the dialect cannot express is left out. */
    private void makeDump() {
        while (outbound.size() < DUMP_BATCH) {
            SadbMessage message = outbound.nextOfDump();
            if (message == null) {
                return;
            }
            byte[] record = loop().encoded(keySocket, message);
            if (record != null) {
                outbound.add(record);
            }
        }
    }

    @Override
    final boolean unsent() {
        return outbound.unsent();
    }

    @Override
    final boolean mayRead() {
        boolean room = reading ? !outbound.aboveHighWater() : outbound.belowLowWater();
        reading = room || acknowledging();
        return reading;
    }

    @Override
    final void discard() {
        outbound.discard();
    }

    @Override
    final void gone() {
        loop().sessionGone(this);
    }
}
