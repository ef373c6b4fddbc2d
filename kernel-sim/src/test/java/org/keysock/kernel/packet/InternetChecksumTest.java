package org.keysock.kernel.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checksum against RFC 1071's example and against adding word by word. */
final class InternetChecksumTest {

    private static final long SEED = Long.getLong("pfkey.seed", 20261121);

    @Test
    void theExampleOfRfc1071() {
        byte[] bytes = {
            0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7
        };
        assertEquals(~0xddf2 & 0xffff, InternetChecksum.of(bytes, 0, bytes.length));
    }

    @Test
    void anyBytes() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(round == 0 ? 70_000 : 200)];
            if (random.nextInt(8) == 0) {
                Arrays.fill(bytes, (byte) 0xff);
            } else {
                random.nextBytes(bytes);
            }
            int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int length = bytes.length - from;
            assertEquals(slowly(bytes, from, length), InternetChecksum.of(bytes, from, length));
        }
    }

    private static int slowly(byte[] bytes, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[from + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    /** Changing one word and the checksum with it is as good as adding all again. */
    @Test
    void oneChangedWord() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        byte[] header = new byte[Ipv4Header.LENGTH];
        for (int round = 0; round < 20_000; round++) {
            random.nextBytes(header);
            header[0] = 0x45;
            Ipv4Header.checksum(header, 0);
            assertEquals(0, InternetChecksum.of(header, 0, header.length));
            Ipv4Header.tos(header, 0, random.nextInt(256));
            int changed = NetworkOrder.u16(header, Ipv4Header.CHECKSUM);
            Ipv4Header.checksum(header, 0);
            assertEquals(NetworkOrder.u16(header, Ipv4Header.CHECKSUM), changed);
        }
    }
}
