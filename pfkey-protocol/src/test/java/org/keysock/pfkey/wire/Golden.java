package org.keysock.pfkey.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;

/** The recorded messages in {@code testdata/wire}, described in {@code testdata/README.md}. */
final class Golden {

    private Golden() {}

    /**
     * One recorded message; all were recorded on little-endian machines.
     *
     * @param place file and line
     * @param request whether a client wrote it, rather than a kernel
     * @param errno what the kernel said to it, if that was recorded and was not success
     * @param refusedBySend whether it said so by failing the {@code send} call
     */
    record Sample(
            DialectName name,
            String place,
            boolean request,
            byte[] bytes,
            @Nullable String errno,
            boolean refusedBySend) {

        Dialect dialect() {
            return Dialect.of(name, ByteOrder.LITTLE_ENDIAN);
        }

        MessageReader reader() {
            return request ? new MessageReader(dialect()) : MessageReader.ofReplies(dialect());
        }

        @Override
        public String toString() {
            return place + " " + HexFormat.of().formatHex(bytes);
        }
    }

    /** All samples of a dialect. */
    static List<Sample> samples(DialectName name) {
        Path folder = Path.of(System.getProperty("pfkey.testdata"), "wire", name.text());
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                samples.addAll(samples(name, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    private static List<Sample> samples(DialectName name, Path file) throws IOException {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", -1);
            samples.add(
                    new Sample(
                            name,
                            name.text() + "/" + file.getFileName() + ":" + number,
                            words[0].equals("request"),
                            words[1].equals("-") ? new byte[0] : HexFormat.of().parseHex(words[1]),
                            words.length > 2 ? words[2] : null,
                            words.length > 3));
        }
        return samples;
    }
}
