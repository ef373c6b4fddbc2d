package org.keysock.tools.klips;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.keysock.pfkey.text.KlipsAddressText;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Surroundings;

/**
 * Runs the tools against an emulator as a shell would, and notes what they write to it.
 *
 * @param emulator the folder of its sockets
 * @param home what file names are relative to
 */
record KlipsShell(Path emulator, Path home) {

    /**
     * What came of a command.
     *
     * @param sent the messages that it wrote
     */
    record Printed(String out, String err, int exit, List<String> sent) {}

    /** Runs {@code ipsec} with those words. */
    Printed run(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings =
                new Surroundings(
                        InputStream.nullInputStream(),
                        new Output(out),
                        new Output(err),
                        Map.of("PFKEY_DIR", emulator.toString()),
                        home,
                        false);
        Listening machine = new Listening(new EmulatedMachine(surroundings.env()));
        Command command = Objects.requireNonNull(Ipsec.command(words.get(0)));
        Tool tool = new Tool(surroundings, machine, words.get(0));
        int exit = Ipsec.run(command, tool, words.subList(1, words.size()));
        return new Printed(
                out.toString(ISO_8859_1), err.toString(ISO_8859_1), exit, machine.sent());
    }

    /** The emulator as a machine whose sockets are listened to. */
    private record Listening(Machine real, List<String> sent) implements Machine {

        Listening(Machine real) {
            this(real, new ArrayList<>());
        }

        @Override
        public KeySocket open() throws CallFailed {
            KeySocket socket = real.open();
            return new KeySocket() {
                @Override
                public int write(byte[] message) throws CallFailed {
                    sent.add(HexFormat.of().formatHex(message));
                    return socket.write(message);
                }

                @Override
                public byte[] read() throws CallFailed {
                    return socket.read();
                }

                @Override
                public void close() {
                    socket.close();
                }
            };
        }

        @Override
        public InputStream table(String name) throws CallFailed {
            return real.table(name);
        }

        @Override
        public int processId() {
            return real.processId();
        }

        @Override
        public boolean root() {
            return real.root();
        }

        @Override
        public KlipsAddressText.NameLookup names() {
            return real.names();
        }
    }
}
