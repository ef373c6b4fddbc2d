package org.keysock.kernel.server;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.device.TunDevice;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.transform.Fate;
import org.keysock.pfkey.model.IpAddress;

/** The way of packets between a TUN device, where they are plain, and the wire. */
final class Crossing {

    /**
     * What a packet of {@link #WIRE_MTU} bytes leaves when an IPv6 header, UDP, ESP with IV, the
     * longest padding and integrity check value, and a little more have been put around it.
     */
    static final int PLAIN_MTU = 1360;

    /** The usual one of Ethernet. */
    private static final int WIRE_MTU = 1500;

    private final KernelLoop loop;
    private final Port plain;
    private final Port wire;
    private final @Nullable KeepAlives keepAlives;

    private Crossing(KernelLoop loop, TunDevice tun, PacketEnds ends) throws IOException {
        this.loop = loop;
        plain = new TunPort(loop, tun, this::leave);
        InetSocketAddress udp = ends.wireUdp();
        if (udp != null) {
            Socket socket = UdpPort.bind(udp);
            UdpPort port = new UdpPort(loop, socket, socket.localAddress(), this::arrive);
            wire = port;
            keepAlives =
                    new KeepAlives(
                            loop.engine().sadb(),
                            IpAddress.ofBytes(socket.localAddress().getAddress().getAddress()),
                            port::keepAlive);
        } else {
            TunDevice other = TunDevice.open(String.valueOf(ends.wireTun()), WIRE_MTU);
            wire = new TunPort(loop, other, this::arrive);
            keepAlives = null;
        }
    }

    /**
     * Opens both ends and begins to carry packets.
     *
     * @throws IOException if an end cannot be had; the text is for people
     */
    static Crossing open(KernelLoop loop, PacketEnds ends) throws IOException {
        TunDevice tun = TunDevice.open(ends.tun(), PLAIN_MTU);
        try {
            Crossing crossing = new Crossing(loop, tun, ends);
            loop.begin(crossing.plain);
            loop.begin(crossing.wire);
            return crossing;
        } catch (IOException failed) {
            tun.close();
            throw failed;
        }
    }

    /** A plain packet has come. */
    private void leave() {
        Fate fate = loop.packets().out();
        if (goesOn(fate)) {
            wire.send(loop.packets().packet(), fate);
        }
    }

    /** A packet has come from the wire. */
    private void arrive() {
        Fate fate = loop.packets().in();
        if (goesOn(fate)) {
            plain.send(loop.packets().packet(), fate);
        }
    }

    /** A packet that was held before leaves now. */
    void released(Packet packet, Fate fate) {
        wire.send(packet, fate);
    }

    /** When {@link #expire} has something to do, on the monotonic clock. */
    long nextDeadline() {
        return keepAlives == null ? Long.MAX_VALUE : keepAlives.nextDeadline();
    }

    /** Sends what time asks for. */
    void expire(Now now) {
        if (keepAlives != null) {
            keepAlives.expire(now);
        }
    }

    static boolean goesOn(Fate fate) {
        return fate == Fate.PASSED || fate == Fate.PROTECTED || fate == Fate.DELIVERED;
    }
}
