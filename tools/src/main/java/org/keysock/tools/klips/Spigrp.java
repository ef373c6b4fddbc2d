package org.keysock.tools.klips;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KlipsExtension;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.Said;
import org.keysock.pfkey.model.Spi;
import org.keysock.pfkey.text.BadText;
import org.keysock.pfkey.text.KlipsAddressText;
import org.keysock.pfkey.text.KlipsAddressText.Family;
import org.keysock.pfkey.text.SaidText;

/**
 * {@code ipsec spigrp}: groups SAs, from inside to outside the packet, or takes a group apart
 * (klips.md 5.9). It knows no option library: what a word means is a matter of its place.
 */
final class Spigrp implements Command {

    private static final String USAGE =
            """
            usage: ipsec spigrp [--debug] [--label TEXT] AF DST SPI PROTO [AF DST SPI PROTO ...]
                   ipsec spigrp [--debug] [--label TEXT] --said SAID [SAID ...]
                   ipsec spigrp --help | --version
                   ipsec spigrp
            One to four SAs, the innermost first; one alone takes its group apart. AF is inet or inet6,
            PROTO is ah, esp, comp or tun, SAID is such as tun.3d0@192.168.2.110.
            """;

    private static final int MOST = 4;
    private static final int WORDS = 4;
    private static final String FAILED = "pfkey write failed";

    private static final ErrnoTexts SOCKET =
            new SocketTexts() {
                @Override
                @Nullable String own(int errno, boolean root) {
                    if (errno == LinuxErrno.ENOENT) {
                        return "ipsec# device does not exist.  See Openswan installation"
                                + " procedure.";
                    }
                    return errno == LinuxErrno.EACCES && root
                            ? "access denied.  Check permissions, they should be set to 600."
                            : super.own(errno, root);
                }
            };

    @Override
    public int run(Tool tool, List<String> words) throws Stop {
        boolean traced = first(words, "--debug");
        List<String> rest = traced ? words.subList(1, words.size()) : words;
        if (first(rest, "--label")) {
            if (rest.size() == 1) {
                throw tool.fail("--label option requires an argument.");
            }
            tool.label(rest.get(1));
            rest = rest.subList(2, rest.size());
        }
        if (rest.isEmpty()) {
            return list(tool, traced, words.size());
        }
        if (first(rest, "--help")) {
            throw usage(tool);
        }
        if (first(rest, "--version")) {
            throw version(tool);
        }
        List<Said> group = first(rest, "--said") ? bySaid(tool, rest) : byWords(tool, rest);
        send(tool, requests(group, tool.machine().processId()), traced);
        return 0;
    }

    private static boolean first(List<String> words, String word) {
        return !words.isEmpty() && words.get(0).equals(word);
    }

    private static int list(Tool tool, boolean traced, int words) {
        int code = tool.list("ipsec_spigrp");
        if (traced) {
            tool.out().print("\"--debug\" option requested.\nargc=" + words);
            tool.out().print(" (" + (words + 1) + " incl. --debug option).\n");
            tool.out().print("...After check for --label option.\n");
        }
        return code;
    }

    private static Stop version(Tool tool) {
        tool.err().print(tool.name() + ", " + Ipsec.VERSION + "\n");
        return new Stop(1);
    }

    private static Stop usage(Tool tool) {
        tool.out().print(USAGE);
        return new Stop(1);
    }

    private static Stop miscounted(Tool tool, String expected, List<String> words) {
        tool.err().print("expecting " + expected + ", got " + (words.size() + 1) + ".\n");
        return usage(tool);
    }

    private static List<Said> bySaid(Tool tool, List<String> words) throws Stop {
        if (words.size() == 1) {
            throw miscounted(tool, "3 or more args with --said", words);
        }
        // the original writes behind the end of its array
        if (words.size() > 1 + MOST) {
            throw miscounted(tool, "at most 6 args with --said", words);
        }
        List<Said> group = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            try {
                group.add(SaidText.parse(word, tool.machine().names()));
            } catch (BadText e) {
                throw tool.fail("Error, " + e.getMessage() + " converting --sa argument:" + word);
            }
        }
        return group;
    }

    private static List<Said> byWords(Tool tool, List<String> words) throws Stop {
        if (words.size() % WORDS != 0 || words.size() > MOST * WORDS) {
            throw miscounted(tool, "5 or more args without --said", words);
        }
        List<Said> group = new ArrayList<>();
        for (int at = 0; at < words.size(); at += WORDS) {
            group.add(said(tool, at / WORDS, words.subList(at, at + WORDS)));
        }
        return group;
    }

    /** The last of the four words is looked at first, as in the original. */
    private static Said said(Tool tool, int index, List<String> words) throws Stop {
        SaType saType = Protocols.saType(words.get(3));
        if (saType == null) {
            throw tool.fail("Badly formed proto: " + words.get(3));
        }
        Integer spi = CNumber.parse(words.get(2));
        if (spi == null) {
            throw tool.fail("Badly formed spi: " + words.get(2));
        }
        Family family = Protocols.family(words.get(0));
        if (family == null) {
            throw tool.fail("Address family " + words.get(0) + " not supported");
        }
        String destination = words.get(1);
        try {
            IpAddress address = KlipsAddressText.parse(destination, family, tool.machine().names());
            return new Said(saType, new Spi(spi), address);
        } catch (BadText e) {
            throw tool.fail(
                    "Error, "
                            + e.getMessage()
                            + " converting "
                            + index
                            + "th address argument:"
                            + destination);
        }
    }

    /** One X_GRPSA for each pair of neighbours; of one SA alone the one that ungroups. */
    private static List<SadbMessage> requests(List<Said> group, int pid) {
        List<SadbMessage> requests = new ArrayList<>();
        if (group.size() == 1) {
            requests.add(request(1, pid, group.get(0), null));
        }
        for (int index = 1; index < group.size(); index++) {
            requests.add(request(index, pid, group.get(index - 1), group.get(index)));
        }
        return requests;
    }

    private static SadbMessage request(int sequence, int pid, Said inner, @Nullable Said outer) {
        List<Extension> extensions = new ArrayList<>();
        extensions.add(Extension.Sa.of(inner.spi()));
        extensions.add(Extension.Address.of(ExtensionType.ADDRESS_DST, inner.destination()));
        if (outer != null) {
            extensions.add(new KlipsExtension.SaType2(outer.saType()));
            extensions.add(new KlipsExtension.Sa2(Extension.Sa.of(outer.spi())));
            extensions.add(Extension.Address.of(ExtensionType.X_ADDRESS_DST2, outer.destination()));
        }
        BaseHeader header = BaseHeader.of(MessageType.X_GRPSA, inner.saType(), sequence, pid);
        return SadbMessage.of(header, extensions);
    }

    /** Stops at the first message that is refused; what was joined before stays so. */
    private static void send(Tool tool, List<SadbMessage> requests, boolean traced) throws Stop {
        List<byte[]> records = new ArrayList<>();
        for (SadbMessage request : requests) {
            records.add(Numbers.bytes(request, tool));
            Requests.trace(tool, traced, request);
        }
        try (KeySocket socket = tool.open(SOCKET)) {
            for (byte[] record : records) {
                Requests.write(tool, socket, record, FAILED, new WriteTexts());
            }
        }
    }
}
