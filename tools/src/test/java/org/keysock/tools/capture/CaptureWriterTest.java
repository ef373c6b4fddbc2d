package org.keysock.tools.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is in the format of what was read, and is read as it was written. */
final class CaptureWriterTest {

    @ParameterizedTest
    @CsvSource({
        "micro-big.pcap, 1230000000123456000, d4c3b2a1",
        "nano-big.pcap, 1230000000123456789, 4d3cb2a1",
        "sections.pcapng, 1230000000123456789, 0a0d0d0a"
    })
    void packetsComeBack(String like, long nanos, String magic) throws IOException {
        CaptureReader format =
                CaptureReader.of(new ByteArrayInputStream(CaptureGoldens.bytes(like)));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] packet = {9, 0x45, 1, 2, 3, 4, 5, 6, 7};
        try (CaptureWriter writer = format.writer(file)) {
            for (int length = 1; length < packet.length; length++) {
                writer.write(1_230_000_000_123_456_789L, packet, 1, length);
            }
        }
        assertEquals(magic, HexFormat.of().formatHex(file.toByteArray(), 0, 4), "beginning");
        List<CapturedFrame> frames = CaptureGoldens.read(file.toByteArray());
        assertEquals(packet.length - 1, frames.size());
        for (CapturedFrame frame : frames) {
            int length = frames.indexOf(frame) + 1;
            assertEquals(CaptureWriter.LINK_TYPE, frame.linkType());
            assertEquals(nanos, frame.nanos());
            assertEquals(length, frame.wireLength());
            assertArrayEquals(Arrays.copyOfRange(packet, 1, length + 1), frame.bytes());
        }
    }
}
