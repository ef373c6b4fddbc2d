package org.keysock.tools.klips;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that {@code ipsec pf_key} keeps what it hears in; nobody else may read them. */
final class Copies implements AutoCloseable {

    private static final Set<StandardOpenOption> REPLACING =
            EnumSet.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
    private static final FileAttribute<?> OWNERS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Tool tool;
    private final @Nullable OutputStream bytes;
    private final @Nullable OutputStream lines;

    private Copies(Tool tool, @Nullable OutputStream bytes, @Nullable OutputStream lines) {
        this.tool = tool;
        this.bytes = bytes;
        this.lines = lines;
    }

    /**
     * Opens the files.
     *
     * @param bytesFile for the messages as they are, or null
     * @param linesFile for lines of hexadecimal digits, or null
     */
    static Copies into(Tool tool, @Nullable String bytesFile, @Nullable String linesFile)
            throws Stop {
        return new Copies(tool, opened(tool, bytesFile), opened(tool, linesFile));
    }

    /** Writes a text to a file of its own. */
    static void write(Tool tool, String file, String text) throws Stop {
        try {
            Files.writeString(tool.file(file), text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unwritable(tool, file);
        }
    }

    private static @Nullable OutputStream opened(Tool tool, @Nullable String file) throws Stop {
        if (file == null) {
            return null;
        }
        try {
            return Channels.newOutputStream(
                    Files.newByteChannel(tool.file(file), REPLACING, OWNERS_ALONE));
        } catch (IOException e) {
            throw unwritable(tool, file);
        }
    }

    private static Stop unwritable(Tool tool, String file) {
        return tool.fail("cannot write " + file);
    }

    /** Keeps a message. */
    void add(byte[] message) throws Stop {
        try {
            if (bytes != null) {
                bytes.write(message);
            }
            if (lines != null) {
                String line = HexFormat.of().formatHex(message) + "\n";
                lines.write(line.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw tool.fail("a copy cannot be written");
        }
    }

    @Override
    public void close() {
        close(bytes);
        close(lines);
    }

    private static void close(@Nullable OutputStream file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // every message was written when it came
        }
    }
}
