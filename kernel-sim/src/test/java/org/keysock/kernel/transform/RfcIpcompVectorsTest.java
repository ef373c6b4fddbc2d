package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.keysock.kernel.packet.NetworkOrder.i32;
import static org.keysock.kernel.transform.VectorSa.bytes;
import static org.keysock.kernel.transform.VectorSa.text;

import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.crypto.Vectors;
import org.keysock.kernel.packet.Ipv4Header;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Ipv4Address;
import org.keysock.pfkey.model.SaType;

/** IPCOMP packets made for RFC 3173 and RFC 2394: inflated, left as they are, or dropped. */
final class RfcIpcompVectorsTest {

    private static final Selector ANY =
            new Selector(Ipv4Address.ANY, 0, Ipv4Address.ANY, 0, 0, 0, 0);
    private static final int WELL_KNOWN_CPI = 2;

    /** What becomes of those without an original. */
    private static final Map<String, Fate> MALFORMED =
            Map.of(
                    "ipcomp-neg-flags-nonzero", Fate.DELIVERED,
                    "ipcomp-neg-garbage-deflate", Fate.DECOMPRESSION,
                    "ipcomp-neg-truncated-deflate", Fate.DECOMPRESSION,
                    "ipcomp-neg-header-only", Fate.DECOMPRESSION,
                    "ipcomp-neg-short-header", Fate.PROTOCOL_HEADER,
                    "ipcomp-neg-bomb", Fate.DECOMPRESSION_BOMB,
                    "ipcomp-neg-unknown-cpi", Fate.UNKNOWN_SPI);

    @Test
    void all() {
        Vectors.run(
                "ipcomp.json",
                0,
                vector -> {
                    run(vector);
                    return "";
                });
    }

    private static void run(JsonObject vector) {
        String id = text(vector, "id");
        byte[] original = bytes(vector, "original_packet");
        if (text(vector, "direction").equals("compress")) {
            Gateway gateway = gateway(sa(vector, original), PolicyDirection.OUT);
            assertEquals(Fate.PROTECTED, gateway.send(original), id);
            assertArrayEquals(original, gateway.bytes(), id);
            return;
        }
        byte[] compressed = bytes(vector, "compressed_packet");
        VectorSa sa = sa(vector, compressed);
        Gateway gateway = gateway(sa, PolicyDirection.IN);
        Fate fate = gateway.receive(compressed);
        assertEquals(original.length > 0 ? Fate.DELIVERED : MALFORMED.get(id), fate, id);
        assertEquals(fate == Fate.DELIVERED ? 1 : 0, sa.sa().use().packets(), id);
        if (original.length > 0) {
            assertArrayEquals(original, gateway.bytes(), id);
        }
    }

    private static VectorSa sa(JsonObject vector, byte[] packet) {
        VectorSa sa = new VectorSa();
        sa.protocol = SaType.X_IPCOMP;
        sa.encrypt = EncryptionAlgorithm.COMP_DEFLATE;
        sa.spi = vector.has("cpi") ? vector.get("cpi").getAsInt() : WELL_KNOWN_CPI;
        sa.mode = text(vector, "mode").equals("tunnel") ? 2 : 1;
        sa.source = new Ipv4Address(i32(packet, Ipv4Header.SOURCE));
        sa.destination = new Ipv4Address(i32(packet, Ipv4Header.DESTINATION));
        return sa;
    }

    /** A kernel with that SA, which packets in that direction must use. */
    private static Gateway gateway(VectorSa sa, PolicyDirection direction) {
        boolean tunnel = sa.mode == 2;
        Template template =
                new Template(
                        SaType.X_IPCOMP,
                        sa.mode,
                        Template.Level.REQUIRE,
                        0,
                        tunnel ? sa.source : null,
                        tunnel ? sa.destination : null);
        return new Gateway().with(sa.sa()).policy(direction, ANY, template);
    }
}
