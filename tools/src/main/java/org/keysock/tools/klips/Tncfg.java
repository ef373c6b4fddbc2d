package org.keysock.tools.klips;

import java.util.List;

/**
 * {@code ipsec tncfg}: the virtual interfaces of KLIPS. Its other forms are calls to network
 * devices, of which the emulator has none.
 */
final class Tncfg implements Command {

    private static final String USAGE =
            """
            usage: ipsec tncfg
                   ipsec tncfg --help | --version
            Lists the virtual interfaces. The emulator has none to attach, detach, create or delete.
            """;

    @Override
    public int run(Tool tool, List<String> words) throws Stop {
        if (words.isEmpty()) {
            return tool.list("ipsec_tncfg");
        }
        switch (words.get(0)) {
            case "--help" -> {
                tool.out().print(USAGE);
                return 0;
            }
            case "--version" -> {
                tool.out().print(tool.name() + ", " + Ipsec.VERSION + "\n");
                return 0;
            }
            default -> {
                tool.err().print(tool.name() + ": there are no interfaces to be changed here\n");
                tool.err().print(USAGE);
                return 1;
            }
        }
    }
}
