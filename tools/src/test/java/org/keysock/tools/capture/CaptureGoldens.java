package org.keysock.tools.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of {@code testdata/packets/captures} and what is in them. */
final class CaptureGoldens {

    private static final Path FOLDER =
            Path.of(System.getProperty("pfkey.testdata"), "packets", "captures");

    private CaptureGoldens() {}

    /** What each file holds, a line a packet, by name. */
    static Map<String, List<String>> expected() throws IOException {
        Map<String, List<String>> files = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("expected.txt"))) {
            if (line.startsWith("= ")) {
                lines = new ArrayList<>();
                files.put(line.substring(2), lines);
            } else if (!line.startsWith("#")) {
                lines.add(line);
            }
        }
        return files;
    }

    static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }

    /** All packets of a file. */
    static List<CapturedFrame> read(byte[] file) throws IOException {
        CaptureReader reader = CaptureReader.of(new ByteArrayInputStream(file));
        List<CapturedFrame> frames = new ArrayList<>();
        for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(frame);
        }
        return frames;
    }

    /** A line about a packet. */
    static String line(CapturedFrame frame) {
        int begin = LinkHeader.packet(frame);
        String packet =
                begin == LinkHeader.NOT_IP
                        ? "-"
                        : HexFormat.of()
                                .formatHex(
                                        Arrays.copyOfRange(
                                                frame.bytes(), begin, frame.bytes().length));
        return String.join(
                " ", "" + frame.linkType(), "" + frame.nanos(), "" + frame.wireLength(), packet);
    }
}
