package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.kernel.transform.VectorSa.bytes;
import static org.keysock.kernel.transform.VectorSa.hex;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.packet.EspHeader;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.IpProtocol;
import org.keysock.kernel.packet.Packet;
import org.keysock.pfkey.model.SaType;

/**
 * What a Linux kernel made of packets, we make of them, byte for byte with its initialisation
 * vectors and identifications; and what it made, we open.
 */
final class LinuxOutboundVectorsTest {

    private final Transforms transforms = new Transforms(1);
    private final Packet packet = new Packet(0xffff);
    private final IpHeaders headers = new IpHeaders();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ah",
                "beet",
                "bundle",
                "esn",
                "esp-aead-transport-v4",
                "esp-aead-transport-v6",
                "esp-aead-tunnel-v4",
                "esp-aead-tunnel-v6",
                "esp-transport-v4",
                "esp-transport-v4-other",
                "esp-transport-v6",
                "esp-transport-v6-other",
                "esp-tunnel-v4",
                "esp-tunnel-v4-other",
                "esp-tunnel-v6",
                "esp-tunnel-v6-other",
                "header-fields",
                "ip-options",
                "ipcomp",
                "pfkey-installed",
                "sequence",
                "tfc",
                "tunnel-mixed",
                "udp-encap"
            })
    void group(String group) {
        JsonArray cases = VectorSa.read("linux/" + group);
        int packets = 0;
        for (JsonElement each : cases) {
            packets += out(each.getAsJsonObject());
            in(each.getAsJsonObject());
        }
        System.out.println(
                "vectors/linux/"
                        + group
                        + ": "
                        + cases.size()
                        + " of "
                        + cases.size()
                        + " cases, "
                        + packets
                        + " packets, both directions");
    }

    private static List<VectorSa> sas(JsonObject one) {
        List<VectorSa> sas = new ArrayList<>();
        for (JsonElement sa : one.getAsJsonArray("sas")) {
            sas.add(VectorSa.ofLinux(sa.getAsJsonObject()));
        }
        return sas;
    }

    private int out(JsonObject one) {
        List<VectorSa> sas = sas(one);
        List<SaContext> contexts = sas.stream().map(VectorSa::context).toList();
        int count = 0;
        for (JsonElement each : one.getAsJsonArray("packets")) {
            JsonObject recorded = each.getAsJsonObject();
            String name = one.get("name") + " " + count++;
            byte[] plain = bytes(recorded, "plain");
            packet.load(plain, 0, plain.length);
            Fate fate = Fate.PASSED;
            for (int i = 0; i < contexts.size() && !fate.dropped(); i++) {
                sas.get(i).iv(iv(recorded, i, sas.get(i)));
                byte[] outer = bytes(recorded, "outer_header");
                if (outer.length != 0) {
                    transforms.tunnel().identification(ByteBuffer.wrap(outer).getShort(4));
                }
                fate = transforms.outbound(packet, contexts.get(i));
            }
            if (!recorded.has("protected")) {
                assertEquals(Fate.SEQUENCE_OVERFLOW, fate, name);
                continue;
            }
            assertEquals(Fate.PROTECTED, fate, name);
            byte[] made = Arrays.copyOfRange(packet.bytes(), packet.start(), packet.end());
            compare(name, recorded, made, sas.get(sas.size() - 1));
        }
        return count;
    }

    /** As recorded beside the packet, or as it stands in one that nobody decrypted. */
    private byte[] iv(JsonObject recorded, int layer, VectorSa sa) {
        if (recorded.has("iv") && !recorded.getAsJsonArray("iv").get(layer).isJsonNull()) {
            return HexFormat.of().parseHex(recorded.getAsJsonArray("iv").get(layer).getAsString());
        }
        byte[] wire = bytes(recorded, "protected");
        if (sa.protocol != SaType.ESP || wire.length == 0) {
            return new byte[16];
        }
        Packet whole = new Packet(wire.length);
        whole.load(wire, 0, wire.length);
        headers.read(whole);
        int from = headers.upperAt() + EspHeader.LENGTH;
        return Arrays.copyOfRange(whole.bytes(), from, from + 16);
    }

    private void compare(String name, JsonObject recorded, byte[] made, VectorSa last) {
        byte[] wanted = bytes(recorded, "protected");
        packet.load(wanted, 0, wanted.length);
        headers.read(packet);
        int at = headers.upperAt() - packet.start();
        if (headers.protocol() == IpProtocol.IPCOMP) {
            // another deflate makes other bytes of the same length or about; in() opens them
            assertEquals(at, headersOf(made), name);
            assertEquals(hex(wanted, at, at + 4), hex(made, at, at + 4), name);
            return;
        }
        byte[] filling = bytes(recorded, "icv_padding");
        if (last.protocol == SaType.AH && !Arrays.equals(filling, new byte[filling.length])) {
            // the kernel sends what was in its buffer and covers it; we send zeros
            Arrays.fill(wanted, at + 12, at + 12 + last.icvBits / 8 + filling.length, (byte) 0);
            Arrays.fill(made, at + 12, at + 12 + last.icvBits / 8 + filling.length, (byte) 0);
        }
        assertEquals(hex(wanted, 0, wanted.length), hex(made, 0, made.length), name);
    }

    private int headersOf(byte[] bytes) {
        packet.load(bytes, 0, bytes.length);
        headers.check(packet);
        assertEquals(IpProtocol.IPCOMP, headers.protocol());
        return headers.upperAt() - packet.start();
    }

    private void in(JsonObject one) {
        List<SaContext> contexts = sas(one).stream().map(VectorSa::context).toList();
        int count = 0;
        for (JsonElement each : one.getAsJsonArray("packets")) {
            JsonObject recorded = each.getAsJsonObject();
            String name = one.get("name") + " " + count++;
            byte[] wire = bytes(recorded, "protected");
            if (wire.length == 0) {
                continue;
            }
            packet.load(wire, 0, wire.length);
            for (int i = contexts.size(); i-- > 0; ) {
                assertEquals(Fate.DELIVERED, arrive(contexts.get(i)), name);
            }
            byte[] plain = bytes(recorded, "plain");
            assertEquals(
                    hex(plain, 0, plain.length),
                    hex(packet.bytes(), packet.start(), packet.end()),
                    name);
        }
    }

    private Fate arrive(SaContext sa) {
        assertEquals(null, headers.check(packet));
        if (sa.encapsulation != 0) {
            assertEquals(UdpEncap.Content.ESP, transforms.udp().content(packet, sa.encapsulation));
            assertEquals(sa.spi, transforms.udp().spi(packet, sa.encapsulation));
            assertEquals(Fate.DELIVERED, transforms.udp().inbound(packet, sa));
        }
        if (sa.sa.protocol() == SaType.X_IPCOMP && headers.protocol() != IpProtocol.IPCOMP) {
            return sa.mode == SaContext.Mode.TUNNEL
                    ? transforms.ipip().inbound(packet, sa)
                    : Fate.DELIVERED;
        }
        return transforms.inbound(packet, sa);
    }
}
