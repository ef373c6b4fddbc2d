package org.keysock.tools.klips;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Said;
import org.keysock.tools.klips.OptionScan.BadOption;

/** {@code ipsec eroute}: which packets are sent through which SA (klips.md 3.14, 5.10). */
final class Eroute implements Command {

    private static final String USAGE =
            """
            usage: ipsec eroute --add|--replace|--addin FLOW TARGET
                   ipsec eroute --del FLOW
                   ipsec eroute --clear
                   ipsec eroute --help | --version
                   ipsec eroute
            FLOW is --eraf inet|inet6 --src NET/BITS --dst NET/BITS [--transport-proto PROTOCOL]
              [--src-port PORT] [--dst-port PORT]
            TARGET is --said SAID or --af inet|inet6 --edst ADDRESS --spi SPI --proto ah|esp|comp|tun
            --debug, --label TEXT and --optionsfrom FILE may join each of these.
            """;

    private static final String ONE_ACTION =
            "Only one of '--add', '--addin', '--replace', '--clear', or '--del' options permitted.";

    private static final String TABLE = "ipsec_eroute";

    /** There is such a file where the machine's own IPsec is at work. */
    private static final String NATIVE_STACK = "pfkey";

    @Override
    public int run(Tool tool, List<String> words) throws Stop {
        return new Line(tool).run(words);
    }

    /** One command line. */
    private static final class Line {
        private final Tool tool;
        private final ErouteFlow flow;
        private final ErouteTarget target;
        private @Nullable ErouteAction action;
        private boolean traced;
        private int left;

        Line(Tool tool) {
            this.tool = tool;
            this.flow = new ErouteFlow(tool);
            this.target = new ErouteTarget(tool);
        }

        int run(List<String> words) throws Stop {
            left = words.size();
            OptionScan<ErouteOption> scan =
                    new OptionScan<>(tool.argv0(), ErouteOption.values(), words);
            try {
                for (ErouteOption option = scan.next(); option != null; option = scan.next()) {
                    heed(option, scan);
                }
            } catch (BadOption e) {
                tool.err().print(e.getMessage() + "\n");
                throw usage();
            }
            if (left == 0) {
                return list(words.size() + 1);
            }
            flow.complete();
            ErouteAction chosen = chosen();
            send(request(chosen), chosen.texts());
            return 0;
        }

        private void heed(ErouteOption option, OptionScan<ErouteOption> scan) throws Stop {
            String value = scan.value();
            switch (option) {
                case HELP -> throw usage();
                case VERSION -> {
                    tool.out().print(tool.name() + ", " + Ipsec.VERSION + "\n");
                    throw new Stop(1);
                }
                case LABEL -> {
                    tool.label(value);
                    left -= 2;
                }
                case DEBUG -> {
                    traced = true;
                    left--;
                }
                case OPTIONSFROM -> scan.insert(OptionsFile.words(tool, value));
                case ADD -> act(ErouteAction.ADD);
                case ADDIN -> act(ErouteAction.ADDIN);
                case REPLACE -> act(ErouteAction.REPLACE);
                case DEL -> act(ErouteAction.DEL);
                case CLEAR -> act(ErouteAction.CLEAR);
                case ERAF -> flow.family(value);
                case SRC -> flow.source(value);
                case DST -> flow.destination(value);
                case TRANSPORT_PROTO -> flow.protocol(value);
                case SRC_PORT -> flow.sourcePort(value);
                case DST_PORT -> flow.destinationPort(value);
                case SAID -> target.said(value);
                case AF -> target.family(value);
                case EDST -> target.destination(value);
                case SPI -> target.spi(value);
                case PROTO -> target.protocol(value);
            }
        }

        private void act(ErouteAction wanted) throws Stop {
            if (action != null) {
                throw tool.fail(ONE_ACTION);
            }
            action = wanted;
        }

        private Stop usage() {
            tool.out().print(USAGE);
            return new Stop(1);
        }

        /** The trace comes last, for the table is printed by another program. */
        private int list(int words) throws Stop {
            try {
                return list();
            } finally {
                if (traced) {
                    tool.out().print(tool.name() + ": DEBUG: argc=" + words + "\n");
                }
            }
        }

        /** The exit code is 1 even when all is well: the original forgets that of the listing. */
        private int list() throws Stop {
            if (has(NATIVE_STACK)) {
                throw tool.fail("NETKEY does not support eroute table.");
            }
            if (!has(TABLE)) {
                throw tool.fail(
                        "No eroute table - no IPsec support in kernel (are the modules loaded?)");
            }
            tool.list(TABLE);
            return 1;
        }

        private boolean has(String table) {
            try {
                tool.machine().table(table).close();
                return true;
            } catch (CallFailed | IOException e) {
                return false;
            }
        }

        private ErouteAction chosen() throws Stop {
            ErouteAction chosen = action;
            if (chosen == null) {
                throw tool.fail(
                        "exactly one of '--add', '--addin', '--replace', '--del' or '--clear'"
                                + " options must be specified.\nTry "
                                + tool.name()
                                + " --help' for usage information.");
            }
            return chosen;
        }

        private SadbMessage request(ErouteAction chosen) throws Stop {
            List<Extension> extensions =
                    switch (chosen) {
                        case ADD, REPLACE, ADDIN -> pointing(chosen);
                        case DEL -> flow.extensions("del");
                        case CLEAR -> clearing();
                    };
            int pid = tool.machine().processId();
            BaseHeader header = BaseHeader.of(chosen.type(), target.saType(), 1, pid);
            return SadbMessage.of(header, extensions);
        }

        private List<Extension> pointing(ErouteAction how) throws Stop {
            Said said = target.said();
            if (said == null) {
                throw tool.fail("add and addin options must have SA specified.");
            }
            List<Extension> extensions = new ArrayList<>();
            extensions.add(sa(how));
            extensions.add(
                    Extension.Address.of(ExtensionType.ADDRESS_SRC, said.destination().any()));
            extensions.add(Extension.Address.of(ExtensionType.ADDRESS_DST, said.destination()));
            // the original has words for two actions only
            extensions.addAll(flow.extensions(how == ErouteAction.ADD ? "add" : "del"));
            return extensions;
        }

        private List<Extension> clearing() {
            List<Extension> extensions = new ArrayList<>();
            extensions.add(sa(ErouteAction.CLEAR));
            extensions.addAll(flow.protocol());
            return extensions;
        }

        private Extension sa(ErouteAction how) {
            return new Extension.Sa(
                    target.spi(),
                    0,
                    SaState.LARVAL,
                    AuthAlgorithm.NONE,
                    EncryptionAlgorithm.NONE,
                    how.flags());
        }

        private void send(SadbMessage request, ErrnoTexts texts) throws Stop {
            byte[] bytes = Numbers.bytes(request, tool);
            Requests.trace(tool, traced, request);
            try (KeySocket socket = tool.open(new ErouteSocketTexts())) {
                Requests.write(tool, socket, bytes, "pfkey write failed", texts);
            }
        }
    }
}
