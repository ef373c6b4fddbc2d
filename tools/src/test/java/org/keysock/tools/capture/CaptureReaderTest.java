package org.keysock.tools.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Capture files are read as they were written by others, and damaged ones are complained of. */
final class CaptureReaderTest {

    private static final long SEED = Long.getLong("pfkey.seed", 20261121);
    private static final int MUTATIONS = 300;

    @Test
    void everyGoldenFileHoldsWhatIsWrittenDown() throws IOException {
        Map<String, List<String>> expected = CaptureGoldens.expected();
        assertFalse(expected.isEmpty());
        for (Map.Entry<String, List<String>> file : expected.entrySet()) {
            assertEquals(
                    file.getValue(),
                    CaptureGoldens.read(CaptureGoldens.bytes(file.getKey())).stream()
                            .map(CaptureGoldens::line)
                            .toList(),
                    file.getKey());
        }
    }

    @Test
    void aCutFileYieldsItsWholePacketsAndAComplaint() throws IOException {
        for (Map.Entry<String, List<String>> file : CaptureGoldens.expected().entrySet()) {
            byte[] bytes = CaptureGoldens.bytes(file.getKey());
            int whole = 0;
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                try {
                    List<CapturedFrame> frames = CaptureGoldens.read(cut);
                    assertEquals(
                            file.getValue().subList(0, frames.size()),
                            frames.stream().map(CaptureGoldens::line).toList());
                    whole++;
                } catch (BadCapture bad) {
                    assertTrue(bad.toString().contains("expected"), bad.toString());
                }
            }
            // a file may end behind its header and behind every packet but the last
            assertTrue(whole >= file.getValue().size(), file.getKey() + ": " + whole);
        }
    }

    @Test
    void damageIsComplainedOfAndNothingElse() throws IOException {
        System.out.println("captures: seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        int bad = 0;
        for (String name : CaptureGoldens.expected().keySet()) {
            byte[] bytes = CaptureGoldens.bytes(name);
            for (int count = 0; count < MUTATIONS; count++) {
                byte[] damaged = bytes.clone();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    int value = random.nextInt(3);
                    damaged[random.nextInt(damaged.length)] =
                            (byte) (value == 0 ? 0xff : value == 1 ? 0 : random.nextInt());
                }
                try {
                    CaptureGoldens.read(damaged).forEach(CaptureGoldens::line);
                } catch (BadCapture expected) {
                    bad++;
                }
            }
        }
        assertTrue(bad > MUTATIONS, "only " + bad + " were found to be bad");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                               | byte 0: beginning of the file: the file ends after 0 of 4 bytes expected
                    7f454c46                                         | byte 0: 0x7f454c46 is neither the beginning of a pcap nor of a pcapng file
                    d4c3b2a1 0200                                    | byte 4: file header: the file ends after 2 of 20 bytes expected
                    d4c3b2a1 03000400 00000000 00000000 00000400 01000000 | byte 4: pcap version 3, 2 expected
                    d4c3b2a1 02000400 00000000 00000000 00000400 01000000 00000000 00000000 ffffffff 00000000 | byte 40: packet 1: captured length 4294967295, at most 262144 expected
                    d4c3b2a1 02000400 00000000 00000000 00000400 01000000 00000000 40420f00 00000000 00000000 | byte 28: packet 1: 1000000000 nanoseconds, fewer than 1000000000 expected
                    0a0d0d0a 1c000000 4d3c2b1b                       | byte 8: section header: byte order 0x4d3c2b1b, 0x1a2b3c4d expected in either order
                    0a0d0d0a 0a000000 4d3c2b1a                       | byte 8: block length 10, a multiple of 4 from 12 on expected
                    0a0d0d0a 10000000 4d3c2b1a                       | byte 12: section header: 4 bytes, at least 16 expected
                    0a0d0d0a 1c000000 4d3c2b1a 02000000 ffffffffffffffff 1c000000 | byte 12: pcapng version 2, 1 expected
                    0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 18000000 | byte 24: length behind the block 24, 28 expected as before it
                    0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000 06000000 20000000 01000000 0000000000000000 00000000 00000000 20000000 | byte 56: packet 1: interface 1, of which 0 have been described
                    """)
    void theComplaintSaysWhereWhatAndWhatElse(String hex, String complaint) {
        byte[] file = HexFormat.of().parseHex(hex.replace(" ", ""));
        BadCapture bad = assertThrows(BadCapture.class, () -> CaptureGoldens.read(file));
        assertEquals(complaint, bad.getMessage());
    }
}
