package org.keysock.tools.klips;

import java.util.List;

/** What {@code ipsec} says of itself. */
enum IpsecHelp implements Command {
    /** {@code ipsec --help}: every subcommand. */
    HELP(
            """
            usage: ipsec COMMAND [WORD]...
                   ipsec --help | --version | --versioncode
            COMMAND is
              eroute      which packets are sent through which SA
              klipsdebug  which parts of the kernel tell of themselves
              pf_key      what happens on the key sockets, live
              spi         security associations
              spigrp      groups of security associations
              tncfg       virtual interfaces
            `ipsec COMMAND --help' tells more; a COMMAND without words shows its table (pf_key listens).
            """),
    /** {@code ipsec --version}. */
    VERSION(Ipsec.VERSION + "\n"),
    /** {@code ipsec --versioncode}: the release that these tools behave as. */
    VERSIONCODE("U2.4.4/K2.4.4\n");

    private final String text;

    IpsecHelp(String text) {
        this.text = text;
    }

    @Override
    public int run(Tool tool, List<String> words) {
        tool.out().print(text);
        return 0;
    }
}
