package org.keysock.tools.klips;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.tools.cli.Output;
import org.keysock.tools.cli.Signals;
import org.keysock.tools.klips.OptionScan.BadOption;

/**
 * {@code ipsec pf_key}: registers, then prints every message that it hears, until the kernel or a
 * signal ends it (klips.md 5.10).
 */
final class PfKeyMonitor implements Command {

    private static final String USAGE =
            """
            usage: ipsec pf_key [--ah] [--esp] [--ipip] [--ipcomp] [--daemon PIDFILE] [--dumpfile FILE]
                     [--encodefile FILE]
                   ipsec pf_key --help
            Prints the messages of the kernel, of the named types of SAs or of all. --daemon writes the
            process' number to PIDFILE, --dumpfile the messages' bytes, --encodefile a line of
            hexadecimal digits for each, as pfkey decode reads them.
            """;

    private static final String NAME = "pf_key";

    private enum Option implements LongOption {
        HELP("help"),
        AH("ah"),
        ESP("esp"),
        IPIP("ipip"),
        IPCOMP("ipcomp"),
        DAEMON("daemon="),
        DUMPFILE("dumpfile="),
        ENCODEFILE("encodefile=");

        private final String spelling;

        Option(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    /** The number of the signal that ends us, 0 before one has come. */
    private volatile int signal;

    @Override
    @SuppressWarnings("try") // signals need only be put back
    public int run(Tool tool, List<String> words) throws Stop {
        List<SaType> wanted = new ArrayList<>();
        @Nullable String numberFile = null;
        @Nullable String bytesFile = null;
        @Nullable String linesFile = null;
        OptionScan<Option> scan = new OptionScan<>(tool.argv0(), Option.values(), words);
        try {
            for (Option option = scan.next(); option != null; option = scan.next()) {
                switch (option) {
                    case HELP -> {
                        tool.out().print(USAGE);
                        return 0;
                    }
                    case AH -> wanted.add(SaType.AH);
                    case ESP -> wanted.add(SaType.ESP);
                    case IPIP -> wanted.add(SaType.X_IPIP);
                    case IPCOMP -> wanted.add(SaType.X_IPCOMP);
                    case DAEMON -> numberFile = scan.value();
                    case DUMPFILE -> bytesFile = scan.value();
                    case ENCODEFILE -> linesFile = scan.value();
                }
            }
        } catch (BadOption e) {
            tool.err().print(e.getMessage() + "\n" + USAGE);
            return 1;
        }
        if (wanted.isEmpty()) {
            wanted = List.of(SaType.AH, SaType.ESP, SaType.X_IPIP, SaType.X_IPCOMP);
        }
        try (KeySocket socket = tool.open(new SocketTexts());
                Copies copies = Copies.into(tool, bytesFile, linesFile);
                Signals hangUp = ending(socket, "HUP", 1);
                Signals interrupt = ending(socket, "INT", 2);
                Signals terminate = ending(socket, "TERM", 15)) {
            if (numberFile != null) {
                Copies.write(tool, numberFile, tool.machine().processId() + "\n");
            }
            register(tool, socket, wanted);
            listen(tool, socket, copies);
        }
        return 0;
    }

    /** A signal closes the socket, which ends the wait for messages. */
    private Signals ending(KeySocket socket, String name, int number) {
        return Signals.handle(
                name,
                () -> {
                    signal = number;
                    socket.close();
                });
    }

    private void register(Tool tool, KeySocket socket, List<SaType> wanted) throws Stop {
        int sequence = 0;
        for (SaType saType : wanted) {
            int pid = tool.machine().processId();
            BaseHeader header = BaseHeader.of(MessageType.REGISTER, saType, ++sequence, pid);
            byte[] request = Numbers.bytes(SadbMessage.of(header), tool);
            if (signal == 0) {
                Requests.write(tool, socket, request, "pfkey write failed", new WriteTexts());
            }
        }
    }

    private void listen(Tool tool, KeySocket socket, Copies copies) throws Stop {
        Output out = tool.out();
        byte[] message = next(socket);
        while (message.length >= BaseHeader.BYTES && !out.failed()) {
            out.print(MonitorText.of(message)).flush();
            copies.add(message);
            message = next(socket);
        }
        String end = signal == 0 ? "exited normally" : "Exiting on signal " + signal;
        out.print(NAME + ": " + end + "\n");
    }

    private static byte[] next(KeySocket socket) {
        try {
            return socket.read();
        } catch (CallFailed e) {
            return new byte[0]; // the kernel has gone, or a signal has closed the socket
        }
    }
}
