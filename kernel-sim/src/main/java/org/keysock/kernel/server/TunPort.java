package org.keysock.kernel.server;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.keysock.kernel.device.TunDevice;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.transform.Fate;

/** A TUN device on the loop. */
final class TunPort implements Port {

    private final KernelLoop loop;
    private final FileDescriptor device;
    private final Arrival arrival;
    private final ByteBuffer in = SystemCalls.memory(PacketRecord.LONGEST_PACKET);
    private final ByteBuffer out = SystemCalls.memory(PacketRecord.LONGEST_PACKET);

    TunPort(KernelLoop loop, TunDevice device, Arrival arrival) {
        this.loop = loop;
        this.device = new FileDescriptor(device.descriptor());
        this.arrival = arrival;
    }

    @Override
    public FileDescriptor fd() {
        return device;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        try {
            for (int count = 0; count < BATCH; count++) {
                int length = device.read(in, 0, in.capacity());
                if (length <= 0) {
                    break;
                }
                loop.packets().load(in, length);
                arrival.packet();
            }
        } catch (IOException down) {
            loop.counters().portErrors++; // read again when the interface is up
        } catch (RuntimeException | Error fault) {
            loop.faults().note("a packet of a TUN device could not be handled", fault);
        }
        loop.deliver();
    }

    @Override
    public void send(Packet packet, Fate fate) {
        if (packet.length() > out.capacity()) {
            loop.counters().portErrors++;
            return;
        }
        out.put(0, packet.bytes(), packet.start(), packet.length());
        try {
            if (device.write(out, 0, packet.length()) == 0) {
                loop.counters().portFull++;
            }
        } catch (IOException refused) {
            loop.counters().portErrors++; // the interface is down, or the packet makes no sense
        }
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
