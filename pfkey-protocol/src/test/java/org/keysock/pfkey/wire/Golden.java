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
import org.keysock.pfkey.model.KlipsForm;

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
            Dialect dialect,
            String place,
            boolean request,
            byte[] bytes,
            @Nullable String errno,
            boolean refusedBySend) {

        MessageReader reader() {
            return request ? new MessageReader(dialect) : MessageReader.ofReplies(dialect);
        }

        @Override
        public String toString() {
            return place + " " + HexFormat.of().formatHex(bytes);
        }
    }

    /**
     * A folder of recorded messages.
     *
     * @param least how many of them are whole messages, at the least
     */
    record Folder(String name, Dialect dialect, int least) {

        List<Sample> samples() {
            return Golden.samples(name, dialect);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** All folders. */
    static Stream<Folder> folders() {
        return Stream.of(
                new Folder("linux", of(DialectName.LINUX), 800),
                new Folder("solaris", of(DialectName.SOLARIS), 800),
                new Folder("klips", of(DialectName.KLIPS), 250),
                new Folder(
                        "klips-modern",
                        Dialect.klips(KlipsForm.MODERN, ByteOrder.LITTLE_ENDIAN),
                        150));
    }

    private static Dialect of(DialectName name) {
        return Dialect.of(name, ByteOrder.LITTLE_ENDIAN);
    }

    /** All samples of a dialect. */
    static List<Sample> samples(DialectName name) {
        return samples(name.text(), of(name));
    }

    private static List<Sample> samples(String name, Dialect dialect) {
        Path folder = Path.of(System.getProperty("pfkey.testdata"), "wire", name);
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                samples.addAll(samples(dialect, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    private static List<Sample> samples(Dialect dialect, Path file) throws IOException {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        Path place = file.subpath(file.getNameCount() - 2, file.getNameCount());
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", -1);
            samples.add(
                    new Sample(
                            dialect,
                            place + ":" + number,
                            words[0].equals("request"),
                            words[1].equals("-") ? new byte[0] : HexFormat.of().parseHex(words[1]),
                            words.length > 2 ? words[2] : null,
                            words.length > 3));
        }
        return samples;
    }
}
