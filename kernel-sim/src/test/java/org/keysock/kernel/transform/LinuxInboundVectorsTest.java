package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.kernel.packet.NetworkOrder.i32;
import static org.keysock.kernel.packet.NetworkOrder.u16;
import static org.keysock.kernel.transform.VectorSa.bytes;
import static org.keysock.kernel.transform.VectorSa.hex;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.Packet;

/**
 * Packets that a Linux kernel got, good and bad, step by step: ours have its verdict and its
 * reason, by one SA. What needs policies, {@code inbound-policy}, is tried with the whole road.
 */
final class LinuxInboundVectorsTest {

    private final Transforms transforms = new Transforms(1);
    private final Packet packet = new Packet(0xffff);
    private final IpHeaders headers = new IpHeaders();

    @ParameterizedTest
    @ValueSource(strings = {"inbound-damage", "inbound-esn", "inbound-ipcomp", "inbound-replay"})
    void group(String group) {
        JsonArray cases = VectorSa.read("linux/" + group);
        int steps = 0;
        for (JsonElement each : cases) {
            JsonObject one = each.getAsJsonObject();
            VectorSa sa = VectorSa.ofLinux(one.getAsJsonArray("sas").get(0).getAsJsonObject());
            SaContext context = sa.context();
            for (JsonElement step : one.getAsJsonArray("steps")) {
                step(one.get("name") + " " + steps++, step.getAsJsonObject(), context);
            }
        }
        System.out.println(
                "vectors/linux/"
                        + group
                        + ": "
                        + cases.size()
                        + " of "
                        + cases.size()
                        + " cases, "
                        + steps
                        + " steps");
    }

    private void step(String number, JsonObject step, SaContext sa) {
        String name = number + " " + VectorSa.text(step, "what");
        byte[] wire = bytes(step, "packet");
        packet.load(wire, 0, wire.length);
        long before = sa.sa.use().sequence();
        Fate fate = arrive(sa);
        JsonObject counters = step.getAsJsonObject("counters");
        boolean accepted = step.get("accepted").getAsBoolean();
        String counted = counters.size() == 0 ? "" : counters.keySet().iterator().next();
        assertEquals(counted, XfrmStat.counter(fate), name);
        assertEquals(counted.isEmpty() ? Fate.DELIVERED : fate, fate, name);
        if (accepted) {
            assertEquals(VectorSa.text(step, "payload"), udpPayload(), name);
        } else if (counters.size() == 0) {
            // nothing was wrong with IPsec; the kernel had no taker
            assertEquals("", udpPayload(), name);
        } else if (fate != Fate.PADDING && fate != Fate.DUMMY) {
            assertEquals(before, sa.sa.use().sequence(), name);
        }
    }

    private Fate arrive(SaContext sa) {
        assertEquals(null, headers.check(packet));
        int at = headers.upperAt();
        int needed;
        int spi;
        switch (headers.protocol()) {
            case IpProtocol.ESP -> {
                needed = 8;
                spi = i32(packet.bytes(), at);
            }
            case IpProtocol.AH -> {
                needed = 12;
                spi = i32(packet.bytes(), at + 4);
            }
            case IpProtocol.IPCOMP -> {
                needed = 4;
                spi = u16(packet.bytes(), at + 2);
            }
            default -> {
                return Fate.DELIVERED;
            }
        }
        if (packet.end() - at >= needed && spi != sa.spi) {
            return Fate.UNKNOWN_SPI;
        }
        return transforms.inbound(packet, sa);
    }

    /** What a UDP socket would get of the packet as it is now; empty for nothing. */
    private String udpPayload() {
        byte[] bytes = packet.bytes();
        if (headers.check(packet) != null || headers.protocol() != IpProtocol.UDP) {
            return "";
        }
        int udp = headers.upperAt();
        int length = u16(bytes, udp + 4);
        return udp + length > packet.end() ? "" : hex(bytes, udp + 8, udp + length);
    }
}
