package org.keysock.tools.klips;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.KlipsExtension.Debug;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.tools.klips.OptionScan.BadOption;

/** {@code ipsec klipsdebug}: which parts of the kernel tell of themselves (klips.md 5.10). */
final class Klipsdebug implements Command {

    private static final String USAGE =
            """
            usage: ipsec klipsdebug --set PART
                   ipsec klipsdebug --clear PART
                   ipsec klipsdebug --all | --none
                   ipsec klipsdebug --help | --version
                   ipsec klipsdebug
            PART is tunnel, tunnel-xmit, netlink, xform, eroute, spi, radij, esp, ah, rcv, pfkey, comp or verbose;
            with --set also tncfg, with --clear also xmit. --debug and --label TEXT may join each of these.
            """;

    private static final String ONE_ACTION =
            "Only one of '--set', '--clear', '--all' or '--none' options permitted.";

    private enum Option implements LongOption {
        SET("set="),
        CLEAR("clear="),
        ALL("all"),
        NONE("none"),
        HELP("help"),
        VERSION("version"),
        LABEL("label="),
        OPTIONSFROM("optionsfrom="),
        DEBUG("debug");

        private final String spelling;

        Option(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    @Override
    public int run(Tool tool, List<String> words) throws Stop {
        OptionScan<Option> scan = new OptionScan<>(tool.argv0(), Option.values(), words);
        int left = words.size();
        Debug asked = null;
        boolean traced = false;
        try {
            for (Option option = scan.next(); option != null; option = scan.next()) {
                switch (option) {
                    case HELP -> throw usage(tool);
                    case VERSION -> {
                        tool.out().print(tool.name() + ", " + Ipsec.VERSION + "\n");
                        return 0;
                    }
                    case LABEL -> {
                        tool.label(scan.value());
                        left -= 2;
                    }
                    case OPTIONSFROM -> scan.insert(OptionsFile.words(tool, scan.value()));
                    case DEBUG -> {
                        traced = true;
                        left--;
                    }
                    default -> asked = action(tool, asked, option, scan.value());
                }
            }
        } catch (BadOption e) {
            tool.err().print(e.getMessage() + "\n");
            throw usage(tool);
        }
        if (left == 0) {
            return tool.list("ipsec_klipsdebug");
        }
        if (asked == null) {
            throw usage(tool);
        }
        send(tool, asked, traced);
        return 0;
    }

    private static Debug action(Tool tool, @Nullable Debug before, Option option, String part)
            throws Stop {
        if (before != null) {
            throw tool.fail(ONE_ACTION);
        }
        if (option == Option.ALL) {
            return DebugSwitch.all();
        }
        if (option == Option.NONE) {
            return DebugSwitch.none();
        }
        boolean set = option == Option.SET;
        DebugSwitch named = DebugSwitch.named(part, set);
        if (named == null) {
            throw usage(tool);
        }
        return set ? named.set() : named.clear();
    }

    private static void send(Tool tool, Debug asked, boolean traced) throws Stop {
        int pid = tool.machine().processId();
        BaseHeader header = BaseHeader.of(MessageType.X_DEBUG, SaType.UNSPEC, 1, pid);
        SadbMessage message = SadbMessage.of(header, asked);
        byte[] bytes = Numbers.bytes(message, tool);
        Requests.trace(tool, traced, message);
        try (KeySocket socket = tool.open(new SocketTexts())) {
            String tried = "pfkey write failed, tried to write " + bytes.length + " octets";
            Requests.write(tool, socket, bytes, tried, new WriteTexts());
        }
    }

    private static Stop usage(Tool tool) {
        tool.out().print(USAGE);
        return new Stop(1);
    }
}
