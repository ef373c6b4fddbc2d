package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keysock.kernel.transform.VectorSa.bytes;
import static org.keysock.kernel.transform.VectorSa.hex;
import static org.keysock.kernel.transform.VectorSa.number;
import static org.keysock.kernel.transform.VectorSa.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.packet.Ipv6Header;
import org.keysock.kernel.packet.NetworkOrder;
import org.keysock.kernel.packet.Packet;
import org.keysock.kernel.sadb.ReplayWindow;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaFlags;

/**
 * Packets that Scapy made, made by us again byte for byte and opened; and changed ones, each
 * dropped for what is wrong with it.
 */
final class ScapyVectorsTest {

    private static final int WINDOW = 64;

    /** Why a changed packet may be dropped; DELIVERED when it must not be. */
    private static final Map<String, Set<Fate>> FATES =
            Map.ofEntries(
                    Map.entry("cipher-bit", EnumSet.of(Fate.AUTHENTICATION)),
                    Map.entry("icv-bit", EnumSet.of(Fate.AUTHENTICATION)),
                    Map.entry("iv-bit", EnumSet.of(Fate.AUTHENTICATION)),
                    Map.entry("seq-bit", EnumSet.of(Fate.AUTHENTICATION)),
                    Map.entry("spi-bit", EnumSet.of(Fate.UNKNOWN_SPI)),
                    Map.entry("truncated", EnumSet.of(Fate.BLOCK_SIZE, Fate.AUTHENTICATION)),
                    Map.entry("ah-address-changed", EnumSet.of(Fate.AUTHENTICATION)),
                    Map.entry("ah-icv-bit", EnumSet.of(Fate.AUTHENTICATION)),
                    Map.entry("ah-payload-bit", EnumSet.of(Fate.AUTHENTICATION)),
                    Map.entry("ah-length-field", EnumSet.of(Fate.AH_LENGTH, Fate.AUTHENTICATION)),
                    Map.entry("ah-mutable-changed", EnumSet.of(Fate.DELIVERED)),
                    Map.entry("dummy-next-header", EnumSet.of(Fate.DUMMY)),
                    Map.entry("inner-truncated-ip", EnumSet.of(Fate.INNER_PACKET)),
                    Map.entry("inner-version-mismatch", EnumSet.of(Fate.INNER_PACKET)),
                    Map.entry("long-padding", EnumSet.of(Fate.DELIVERED)),
                    Map.entry("pad-bytes-not-1-2-3", EnumSet.of(Fate.DELIVERED)),
                    Map.entry("pad-length-beyond-payload", EnumSet.of(Fate.PADDING)),
                    Map.entry("seq-zero", EnumSet.of(Fate.REPLAYED)),
                    Map.entry("tfc-padding", EnumSet.of(Fate.DELIVERED)));

    private final Transforms transforms = new Transforms(1);
    private final Packet packet = new Packet(0xffff);
    private final IpHeaders headers = new IpHeaders();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ah-esn",
                "ah-transport-v4",
                "ah-transport-v6",
                "ah-tunnel-v4-in-v4",
                "ah-tunnel-v4-in-v6",
                "ah-tunnel-v6-in-v4",
                "ah-tunnel-v6-in-v6",
                "esp-esn-aead",
                "esp-natt-transport-v4",
                "esp-natt-tunnel-v4",
                "esp-natt-tunnel-v6-in-v4",
                "esp-transport-v4",
                "esp-transport-v6",
                "esp-tunnel-v4-in-v4",
                "esp-tunnel-v4-in-v6",
                "esp-tunnel-v6-in-v4",
                "esp-tunnel-v6-in-v6"
            })
    void bothDirections(String group) {
        JsonArray rows = VectorSa.read("scapy/" + group);
        for (JsonElement each : rows) {
            JsonObject row = each.getAsJsonObject();
            String name = text(row, "id");
            byte[] plain = bytes(row, "plain_packet");
            assertEquals(text(row, "protected_packet"), out(name, row, plain), name);
            SaContext in = inbound(row, bytes(row, "protected_packet"));
            assertEquals(Fate.DELIVERED, arrive(in), name);
            assertEquals(text(row, "plain_packet"), packet(), name);
        }
        System.out.println(
                "vectors/scapy/" + group + ": " + rows.size() + " of " + rows.size() + " packets");
    }

    /** Protects a packet and gives its outer header the fields that the row wants. */
    private String out(String name, JsonObject row, byte[] plain) {
        VectorSa sa = VectorSa.ofScapy(row, end(row, "src", plain), end(row, "dst", plain));
        sa.sequence--;
        // no DF of ours, so that the identification is there to be covered
        sa.flags = SaFlags.of(SaFlag.NOPMTUDISC);
        JsonObject tunnel = row.getAsJsonObject("tunnel");
        if (tunnel != null) {
            transforms.tunnel().identification((int) number(tunnel, "id"));
        }
        packet.load(plain, 0, plain.length);
        assertEquals(Fate.PROTECTED, transforms.outbound(packet, sa.context()), name);
        if (tunnel != null) {
            outerFields(tunnel);
        }
        return packet();
    }

    private void outerFields(JsonObject tunnel) {
        byte[] bytes = packet.bytes();
        int ip = packet.start();
        if (tunnel.has("ttl")) {
            bytes[ip + Ipv4Header.TOS] = (byte) number(tunnel, "tos");
            bytes[ip + Ipv4Header.TTL] = (byte) number(tunnel, "ttl");
            boolean whole = tunnel.get("df").getAsBoolean();
            NetworkOrder.put16(
                    bytes, ip + Ipv4Header.FRAGMENT, whole ? Ipv4Header.DONT_FRAGMENT : 0);
            Ipv4Header.checksum(bytes, ip);
        } else {
            int traffic = (int) number(tunnel, "traffic_class");
            Ipv6Header.firstWord(bytes, ip, traffic, (int) number(tunnel, "flow_label"));
            bytes[ip + Ipv6Header.HOP_LIMIT] = (byte) number(tunnel, "hop_limit");
        }
    }

    /** An end of the tunnel, or of the packet. */
    private static IpAddress end(JsonObject row, String which, byte[] plain) {
        JsonObject tunnel = row.getAsJsonObject("tunnel");
        if (tunnel != null) {
            return VectorSa.address(text(tunnel, which));
        }
        boolean six = plain[0] >>> 4 == 6;
        int size = six ? 16 : 4;
        int at = (six ? Ipv6Header.SOURCE : Ipv4Header.SOURCE) + (which.equals("dst") ? size : 0);
        return IpAddress.ofBytes(Arrays.copyOfRange(plain, at, at + size));
    }

    /** A packet is there, and an SA that it could be for, which has received nothing. */
    private SaContext inbound(JsonObject row, byte[] wire) {
        byte[] plain = bytes(row, "plain_packet");
        VectorSa sa = VectorSa.ofScapy(row, end(row, "src", plain), end(row, "dst", plain));
        sa.window = WINDOW;
        // so that the upper half of the number is the one of the row
        sa.sequence = sa.extended ? sa.sequence - 1 : 0;
        packet.load(wire, 0, wire.length);
        return sa.context();
    }

    private Fate arrive(SaContext sa) {
        assertEquals(null, headers.check(packet));
        if (sa.encapsulation != 0) {
            Fate fate = transforms.udp().inbound(packet, sa);
            if (fate != Fate.DELIVERED) {
                return fate;
            }
            headers.read(packet);
        }
        int at = headers.upperAt() + (headers.protocol() == 51 ? 4 : 0);
        return NetworkOrder.i32(packet.bytes(), at) == sa.spi
                ? transforms.inbound(packet, sa)
                : Fate.UNKNOWN_SPI;
    }

    private String packet() {
        return hex(packet.bytes(), packet.start(), packet.end());
    }

    @Test
    void bundles() {
        JsonArray rows = VectorSa.read("scapy/bundle-ah-over-esp");
        for (JsonElement each : rows) {
            JsonObject row = each.getAsJsonObject();
            String name = text(row, "id");
            byte[] plain = bytes(row, "plain_packet");
            List<VectorSa> sas = new ArrayList<>();
            for (JsonElement part : row.getAsJsonArray("bundle")) {
                VectorSa sa =
                        VectorSa.ofScapy(
                                part.getAsJsonObject(),
                                end(row, "src", plain),
                                end(row, "dst", plain));
                sa.sequence--;
                sas.add(sa);
            }
            packet.load(plain, 0, plain.length);
            assertEquals(Fate.PROTECTED, transforms.outbound(packet, sas.get(0).context()), name);
            assertEquals(text(row, "after_esp"), packet(), name);
            assertEquals(Fate.PROTECTED, transforms.outbound(packet, sas.get(1).context()), name);
            assertEquals(text(row, "protected_packet"), packet(), name);
            assertEquals(Fate.DELIVERED, transforms.inbound(packet, sas.get(1).context()), name);
            assertEquals(Fate.DELIVERED, transforms.inbound(packet, sas.get(0).context()), name);
            assertEquals(text(row, "plain_packet"), packet(), name);
        }
        System.out.println(
                "vectors/scapy/bundle-ah-over-esp: " + rows.size() + " of " + rows.size());
    }

    /** Deliveries in another order than sent, some twice. */
    @Test
    void series() {
        JsonArray rows = VectorSa.read("scapy/series");
        int packets = 0;
        for (JsonElement each : rows) {
            JsonObject row = each.getAsJsonObject();
            JsonArray sent = row.getAsJsonArray("packets");
            byte[] first = bytes(sent.get(0).getAsJsonObject(), "protected_packet");
            VectorSa sender = VectorSa.ofScapy(row, end(row, "src", first), end(row, "dst", first));
            sender.flags = SaFlags.of(SaFlag.NOPMTUDISC);
            SaContext out = sender.context();
            VectorSa receiver =
                    VectorSa.ofScapy(row, end(row, "src", first), end(row, "dst", first));
            receiver.window = (int) number(row, "window");
            SaContext in = receiver.context();
            for (JsonElement one : sent) {
                JsonObject made = one.getAsJsonObject();
                sender.iv(bytes(made, "iv"));
                out.sa.use();
                sender.sa().ownUse().sequence(number(made, "seq") - 1);
                byte[] plain = bytes(made, "plain_packet");
                packet.load(plain, 0, plain.length);
                assertEquals(Fate.PROTECTED, transforms.outbound(packet, out));
                String wanted = text(made, "protected_packet");
                headers.read(packet);
                int header = 2 * (headers.upperAt() - headers.start());
                assertEquals(wanted.substring(header), packet().substring(header));
                packets++;
            }
            for (JsonElement one : row.getAsJsonArray("delivery")) {
                JsonObject delivery = one.getAsJsonObject();
                JsonObject made = sent.get((int) number(delivery, "packet")).getAsJsonObject();
                byte[] wire = bytes(made, "protected_packet");
                packet.load(wire, 0, wire.length);
                boolean accept = delivery.get("accept").getAsBoolean();
                assertEquals(
                        accept ? Fate.DELIVERED : Fate.REPLAYED, transforms.inbound(packet, in));
                if (accept) {
                    assertEquals(text(made, "plain_packet"), packet());
                }
            }
        }
        System.out.println(
                "vectors/scapy/series: "
                        + rows.size()
                        + " of "
                        + rows.size()
                        + ", "
                        + packets
                        + " packets");
    }

    @Test
    void changedPackets() {
        JsonArray rows = VectorSa.read("scapy/negative");
        Map<String, Integer> tried = new TreeMap<>();
        for (JsonElement each : rows) {
            JsonObject row = each.getAsJsonObject();
            String name = text(row, "id");
            String why = text(row, "why").replaceAll("(?<=truncated|padding|header)-[0-9]+$", "");
            Set<Fate> fates = FATES.get(why);
            assertNotNull(fates, why);
            byte[] wire = bytes(row, "protected_packet");
            SaContext sa = inbound(row, wire);
            Fate fate = arrive(sa);
            assertTrue(fates.contains(fate), () -> name + " " + why + ": " + fate);
            assertEquals(0, sa.sa.use().packets(), name);
            if (fate == Fate.DELIVERED) {
                boolean changed = why.equals("ah-mutable-changed");
                assertEquals(changed ? bare(row) : text(row, "plain_packet"), packet(), name);
            } else {
                notMoved(name, sa, fate);
            }
            tried.merge(why, 1, Integer::sum);
        }
        System.out.println(
                "vectors/scapy/negative: " + rows.size() + " of " + rows.size() + " " + tried);
    }

    /** The window stands where it stood unless the packet was authenticated. */
    private static void notMoved(String name, SaContext sa, Fate fate) {
        ReplayWindow window = sa.sa.use().window();
        boolean authenticated =
                EnumSet.of(Fate.PADDING, Fate.DUMMY, Fate.INNER_PACKET).contains(fate);
        if (window != null && !authenticated) {
            assertTrue(window.bits() <= 1, name);
            assertEquals(window.highest() == 0 ? 0 : 1, window.bits(), name);
        }
    }

    /** The changed packet without its AH; a tunnel's inner packet knows nothing of the change. */
    private String bare(JsonObject row) {
        String plain = text(row, "plain_packet");
        if (text(row, "mode").equals("tunnel")) {
            return plain;
        }
        byte[] wire = bytes(row, "protected_packet");
        byte[] wanted = HexFormat.of().parseHex(plain);
        if (wire[0] >>> 4 == 4) {
            wanted[Ipv4Header.TOS] = wire[Ipv4Header.TOS];
            wanted[Ipv4Header.TTL] = wire[Ipv4Header.TTL];
            Ipv4Header.checksum(wanted, 0);
        } else {
            System.arraycopy(wire, 0, wanted, 0, 4);
            wanted[Ipv6Header.HOP_LIMIT] = wire[Ipv6Header.HOP_LIMIT];
        }
        return hex(wanted, 0, wanted.length);
    }
}
