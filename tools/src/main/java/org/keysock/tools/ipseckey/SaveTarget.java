package org.keysock.tools.ipseckey;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/** Where SAs are saved to: standard output, or a file that only its owner can read. */
final class SaveTarget implements AutoCloseable {

    private static final String STANDARD_OUTPUT = "-";
    private static final int READ_BY_OWNER = 0400;

    private final Surroundings surroundings;
    private final String name;
    private final Output output;
    private final @Nullable OutputStream file;

    private SaveTarget(
            Surroundings surroundings, String name, Output output, @Nullable OutputStream file) {
        this.surroundings = surroundings;
        this.name = name;
        this.output = output;
        this.file = file;
    }

    /** Opens the target; null when that failed, which has been said. */
    static @Nullable SaveTarget open(Surroundings surroundings, String name) {
        if (name.equals(STANDARD_OUTPUT)) {
            return new SaveTarget(surroundings, name, surroundings.out(), null);
        }
        Output err = surroundings.err();
        Path path = surroundings.file(name);
        try {
            boolean there = Files.exists(path);
            if (there && !Files.isDirectory(path)) {
                warnOfReaders(err, path);
            }
            Set<StandardOpenOption> how =
                    there
                            ? EnumSet.of(
                                    StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                            : EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            SeekableByteChannel channel =
                    Files.newByteChannel(
                            path,
                            how,
                            PosixFilePermissions.asFileAttribute(
                                    EnumSet.of(PosixFilePermission.OWNER_READ)));
            OutputStream stream = Channels.newOutputStream(channel);
            return new SaveTarget(surroundings, name, new Output(stream), stream);
        } catch (IOException e) {
            error(surroundings, name, "open", reason(path, e));
            return null;
        }
    }

    private static void error(Surroundings surroundings, String name, String what, String why) {
        surroundings.out().flush();
        surroundings
                .err()
                .print("ipseckey: ERROR: " + name + " " + what + " error: " + why + "\n\n");
    }

    private static void warnOfReaders(Output err, Path path) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode") & 07777;
        if (mode != READ_BY_OWNER) {
            err.print("ipseckey: WARNING: Save file already exists with permission ");
            err.print(Integer.toOctalString(mode) + ".\n");
            err.print("ipseckey: Normal users may be able to read IPsec keying material.\n");
        }
    }

    private static String reason(Path path, IOException e) {
        if (Files.isDirectory(path)) {
            return "Is a directory";
        }
        return e instanceof NoSuchFileException ? "No such file or directory" : "Permission denied";
    }

    /** What is to be written to. */
    Output output() {
        return output;
    }

    /** Whether everything is in the file; if it is not, that has been said. */
    boolean written() {
        if (file != null) {
            output.flush();
            if (output.failed()) {
                error(surroundings, name, "write", output.failure());
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        output.flush();
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // written() has said so
        }
    }
}
