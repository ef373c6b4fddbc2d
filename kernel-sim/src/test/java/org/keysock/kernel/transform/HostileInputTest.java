package org.keysock.kernel.transform;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.packet.IpHeaders;
import org.keysock.kernel.packet.Ipv4Header;

/** No bytes make a transform throw: recorded packets, cut and changed, for SAs of every kind. */
final class HostileInputTest {

    private static final long SEED = Long.getLong("pfkey.seed", 20261121);

    private static final String[] GROUPS = {
        "linux/ah",
        "linux/bundle",
        "linux/ip-options",
        "linux/ipcomp",
        "linux/udp-encap",
        "linux/tunnel-mixed",
        "linux/header-fields",
        "linux/inbound-damage",
        "linux/inbound-ipcomp"
    };

    private final Hostile hostile = new Hostile();

    private static List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        for (String group : GROUPS) {
            for (JsonElement each : VectorSa.read(group)) {
                JsonObject one = each.getAsJsonObject();
                JsonArray packets = one.getAsJsonArray(one.has("steps") ? "steps" : "packets");
                for (JsonElement packet : packets) {
                    for (String member : new String[] {"plain", "protected", "packet"}) {
                        byte[] bytes = VectorSa.bytes(packet.getAsJsonObject(), member);
                        if (bytes.length > 0) {
                            samples.add(bytes);
                        }
                    }
                }
            }
        }
        return samples;
    }

    @Test
    void changedRecordings() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        List<byte[]> samples = samples();
        for (int round = 0; round < 2_000; round++) {
            hostile.feed(changed(samples.get(random.nextInt(samples.size())), random));
        }
    }

    /** Mostly the lengths in the header are put right, so that more than them is tried. */
    private static byte[] changed(byte[] sample, Random random) {
        int length = random.nextInt(3) == 0 ? random.nextInt(sample.length + 9) : sample.length;
        byte[] bytes = Arrays.copyOf(sample, length);
        for (int flips = random.nextInt(5); flips > 0 && length > 0; flips--) {
            int place = random.nextInt(random.nextBoolean() ? Math.min(length, 64) : length);
            bytes[place] =
                    (byte)
                            switch (random.nextInt(4)) {
                                case 0 -> random.nextInt();
                                case 1 -> random.nextInt(8);
                                case 2 -> bytes[place] ^ (1 << random.nextInt(8));
                                default -> 0xff;
                            };
        }
        boolean four = length >= 20 && bytes[0] >>> 4 == 4 && Ipv4Header.length(bytes, 0) <= length;
        if ((four || (length >= 40 && bytes[0] >>> 4 == 6)) && random.nextInt(4) != 0) {
            IpHeaders.length(bytes, 0, length);
        }
        return bytes;
    }

    /** All that can follow a header: each prefix of each sample. */
    @Test
    void everyPrefix() {
        List<byte[]> samples = samples();
        for (int i = 0; i < samples.size(); i += 23) {
            byte[] sample = samples.get(i);
            for (int length = 0; length < Math.min(sample.length, 120); length++) {
                hostile.feed(Arrays.copyOf(sample, length));
                byte[] whole = Arrays.copyOf(sample, length);
                if (length >= 40) {
                    IpHeaders.length(whole, 0, length);
                    hostile.feed(whole);
                }
            }
        }
    }

    @Test
    void randomBytes() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 1_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length >= 40) {
                boolean six = random.nextBoolean();
                bytes[0] = (byte) (six ? 0x60 : 0x45 + random.nextInt(3));
                int[] protocols = {0, 4, 17, 41, 43, 44, 50, 51, 60, 108};
                bytes[six ? 6 : 9] = (byte) protocols[random.nextInt(protocols.length)];
                if (!six) {
                    bytes[6] = 0;
                    bytes[7] = 0;
                }
                IpHeaders.length(bytes, 0, bytes.length);
            }
            hostile.feed(bytes);
        }
    }

    @Test
    void theLongestPackets() {
        for (int first : new int[] {0x45, 0x4f, 0x60}) {
            byte[] bytes = new byte[0xffff];
            bytes[0] = (byte) first;
            IpHeaders.length(bytes, 0, bytes.length);
            hostile.feed(bytes);
        }
    }
}
