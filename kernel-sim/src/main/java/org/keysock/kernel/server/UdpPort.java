package org.keysock.kernel.server;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.transform.Fate;

/**
 * The wire as an ordinary UDP socket: packets that the core has put into UDP (RFC 3948) leave
 * without their outer IP and UDP headers, which the host's system writes anew, to the address and
 * port in these; what arrives gets such headers again. The peers are those of the SAs.
 */
final class UdpPort implements Port {

    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int LONGEST = 65_535;

    /** What a socket holds while the loop does other things; the system may allow less. */
    private static final int BUFFER = 1 << 21;

    private final KernelLoop loop;
    private final Socket socket;
    private final Arrival arrival;
    private final byte[] ourAddress;
    private final int ourPort;
    private final ByteBuffer in = SystemCalls.memory(LONGEST);
    private final ByteBuffer out = SystemCalls.memory(LONGEST);

    private byte[] lastAddress = {};
    private InetAddress lastPeer = InetAddress.getLoopbackAddress();

    UdpPort(KernelLoop loop, Socket socket, InetSocketAddress bound, Arrival arrival) {
        this.loop = loop;
        this.socket = socket;
        this.arrival = arrival;
        ourAddress = bound.getAddress().getAddress();
        ourPort = bound.getPort();
    }

    /**
     * A socket bound to that address.
     *
     * @throws IOException if it cannot be had; the text is for people
     */
    static Socket bind(InetSocketAddress address) throws IOException {
        Socket socket = Socket.newSocketDgram();
        try {
            socket.setReceiveBufferSize(BUFFER);
            socket.bind(address);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw new IOException(
                    "no UDP socket at "
                            + address.getAddress().getHostAddress()
                            + " port "
                            + address.getPort()
                            + ": "
                            + failed.getMessage());
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        try {
            for (int count = 0; count < BATCH; count++) {
                DatagramSocketAddress from = socket.recvFrom(in, 0, in.capacity());
                if (from == null) {
                    break;
                }
                if (load(from)) {
                    arrival.packet();
                }
            }
        } catch (IOException unreachable) {
            loop.counters().portErrors++; // an ICMP error for something sent before
        } catch (RuntimeException | Error fault) {
            loop.faults().note("a packet of the UDP wire could not be handled", fault);
        }
        loop.deliver();
    }

    /** Puts a datagram into a packet of its own again. */
    private boolean load(DatagramSocketAddress from) {
        byte[] address = from.getAddress().getAddress();
        int headers = (address.length == Integer.BYTES ? IPV4_HEADER : IPV6_HEADER) + UDP_HEADER;
        int length = from.receivedAmount();
        if (address.length != ourAddress.length || headers + length > LONGEST) {
            loop.counters().portErrors++;
            return false;
        }
        Packet packet = loop.packets().load(in, length);
        int start = packet.start() - headers;
        packet.bounds(start, packet.end());
        ByteBuffer header = ByteBuffer.wrap(packet.bytes(), start, headers);
        if (address.length == Integer.BYTES) {
            header.putShort((short) 0x4500).putShort((short) packet.length());
            header.putInt(0).put((byte) 64).put((byte) UDP).putShort((short) 0);
            header.put(address).put(ourAddress);
            header.putShort(start + 10, checksum(header, start));
        } else {
            header.putInt(0x6000_0000).putShort((short) (UDP_HEADER + length));
            header.put((byte) UDP).put((byte) 64).put(address).put(ourAddress);
        }
        // no checksum of UDP: the host has tested that, ESP protects what is in it
        header.putShort((short) from.getPort()).putShort((short) ourPort);
        header.putShort((short) (UDP_HEADER + length)).putShort((short) 0);
        return true;
    }

    /** Of an IPv4 header whose own field for it is 0: RFC 791 section 3.1. */
    private static short checksum(ByteBuffer header, int start) {
        int sum = 0;
        for (int at = 0; at < IPV4_HEADER; at += 2) {
            sum += header.getChar(start + at);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }

    @Override
    public void send(Packet packet, Fate fate) {
        byte[] bytes = packet.bytes();
        int start = packet.start();
        boolean four = bytes[start] >> 4 == 4;
        int protocol = bytes[start + (four ? 9 : 6)];
        int sourceAt = start + (four ? 12 : 8);
        // IPCOMP may leave a packet as it is, whose UDP is its own
        boolean ours =
                Arrays.equals(
                        bytes,
                        sourceAt,
                        sourceAt + ourAddress.length,
                        ourAddress,
                        0,
                        ourAddress.length);
        if (fate != Fate.PROTECTED || protocol != UDP || !ours) {
            loop.counters().notInUdp++;
            return;
        }
        int payload = start + (four ? 4 * (bytes[start] & 15) : IPV6_HEADER) + UDP_HEADER;
        int destinationAt = start + (four ? 16 : 24);
        int port = ByteBuffer.wrap(bytes).getChar(payload - UDP_HEADER + 2);
        int length = packet.end() - payload;
        out.put(0, bytes, payload, length);
        try {
            InetAddress peer = peer(bytes, destinationAt, destinationAt + (four ? 4 : 16));
            if (socket.sendTo(out, 0, length, peer, port) == 0) {
                loop.counters().portFull++;
            }
        } catch (IOException refused) {
            loop.counters().portErrors++;
        }
    }

    /** Sends a peer the byte by which a NAT remembers it: RFC 3948 section 2.3. */
    void keepAlive(KeepAlives.Peer peer) {
        out.put(0, (byte) 0xff);
        try {
            InetAddress address = InetAddress.getByAddress(peer.address().toBytes());
            if (socket.sendTo(out, 0, 1, address, peer.port()) == 0) {
                loop.counters().portFull++;
            }
        } catch (IOException refused) {
            loop.counters().portErrors++;
        }
    }

    private InetAddress peer(byte[] bytes, int from, int to) throws IOException {
        if (!Arrays.equals(lastAddress, 0, lastAddress.length, bytes, from, to)) {
            lastAddress = Arrays.copyOfRange(bytes, from, to);
            lastPeer = InetAddress.getByAddress(lastAddress);
        }
        return lastPeer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
