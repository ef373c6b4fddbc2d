package org.keysock.tools.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Reading;
import org.keysock.pfkey.text.MessageText;
import org.keysock.pfkey.wire.Dialect;
import org.keysock.pfkey.wire.MessageReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code pfkey decode}: bytes to readable text. */
@Command(
        name = "decode",
        description = {
            "Prints messages readably, from lines of hexadecimal digits or a recorded JSON file.",
            "The exit code is 1 when some bytes are not a message."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Pfkey.Version.class)
final class Decode implements Callable<Integer> {

    private final Surroundings around;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            converter = DialectOption.class,
            completionCandidates = DialectOption.Names.class,
            description =
                    "One of ${COMPLETION-CANDIDATES} (default: what the file says, else linux).")
    private @Nullable DialectName dialect;

    @Option(
            names = "--byte-order",
            paramLabel = "ORDER",
            converter = Order.class,
            description = "little or big (default: what the file says, else this host's).")
    private @Nullable ByteOrder order;

    @Option(
            names = "--requests",
            description = "Refuse what the dialect's kernel would refuse in a request.")
    private boolean requests;

    @Option(names = "--keys", description = "Show key bytes.")
    private boolean keys;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Default: standard input.")
    private @Nullable Path file;

    Decode(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, RequestFailed {
        HexInput input = HexInput.read(text());
        Dialect spoken = Dialect.of(dialect(input), order(input));
        MessageReader reader =
                requests ? new MessageReader(spoken) : MessageReader.ofReplies(spoken);
        MessageText text = MessageText.in(spoken.name());
        if (keys) {
            text = text.withKeys();
        }
        int status = 0;
        for (HexRecord each : input.records()) {
            Reading reading = reader.read(each.bytes(), 0, each.bytes().length);
            if (reading instanceof Reading.Broken) {
                status = Pfkey.FAILED;
            }
            around.out().print("# " + each.place() + "\n" + text.of(reading) + "\n");
        }
        around.out().flush();
        return status;
    }

    private String text() throws IOException, RequestFailed {
        if (file == null) {
            // readAllBytes asks a file, even if it is a pipe, where it stands
            StringWriter all = new StringWriter();
            new InputStreamReader(around.in(), StandardCharsets.UTF_8).transferTo(all);
            return all.toString();
        }
        try {
            return Files.readString(around.directory().resolve(file));
        } catch (IOException unreadable) {
            throw new RequestFailed("cannot read " + file);
        }
    }

    private DialectName dialect(HexInput input) {
        if (dialect != null) {
            return dialect;
        }
        return input.dialect() != null ? input.dialect() : DialectName.LINUX;
    }

    private ByteOrder order(HexInput input) {
        if (order != null) {
            return order;
        }
        return input.order() != null ? input.order() : ByteOrder.nativeOrder();
    }

    /** A byte order by name. */
    static final class Order implements ITypeConverter<ByteOrder> {
        @Override
        public ByteOrder convert(String value) {
            ByteOrder named = HexInput.order(value);
            if (named == null) {
                throw new TypeConversionException("'" + value + "' is neither little nor big");
            }
            return named;
        }
    }
}
