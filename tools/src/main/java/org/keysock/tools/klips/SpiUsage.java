package org.keysock.tools.klips;

/** What {@code ipsec spi} tells of itself. */
final class SpiUsage {

    private static final int EXIT = 255;

    private static final String TEXT =
            """
             usage:
              ipsec spi                                        show all SAs
              ipsec spi SA [--src ADDRESS] ACTION [OPTION]...  add or delete one
              ipsec spi --clear [--proto PROTO]                delete all
              ipsec spi --help | --version

            SA:
              --af inet|inet6 --edst ADDRESS --spi NUMBER --proto ah|esp|tun|comp
              --said SAID               all four, such as esp.125@192.168.43.1 or tun:101@1:2::3:4
            ACTION:
              --ah hmac-md5-96|hmac-sha1-96 --authkey KEY
              --esp 3des|3des-md5-96|3des-sha1-96|aes[BITS]-md5|aes[BITS]-sha1 --enckey KEY [--authkey KEY]
              --comp deflate
              --ip4 [--dst ADDRESS]     a tunnel for IPv4, --ip6 for IPv6
              --del
            OPTION:
              --replay_window 1-64
              --life LIMIT[,LIMIT]...   soft|hard-allocations|bytes|addtime|usetime|packets=NUMBER
              --natt nonesp|nonike|none|NUMBER [--sport PORT] [--dport PORT]
              --saref                   print the kernel's reference of the SA
              --listenreply             wait for the kernel's answer
              --label TEXT              say it in every message
              --optionsfrom FILE        read more options, one a line
              --debug
            KEY is hexadecimal behind 0x, base64 behind 0s, or text behind 0t.
            """;

    private SpiUsage() {}

    private static String text(Tool tool) {
        return tool.name() + ":" + TEXT;
    }

    /** A wrong use. */
    static Stop misused(Tool tool) {
        tool.err().print(text(tool));
        return new Stop(EXIT);
    }

    /** {@code --help}. */
    static Stop help(Tool tool) {
        tool.out().print(text(tool));
        return new Stop(EXIT);
    }

    /** {@code --version}. */
    static Stop version(Tool tool) {
        tool.out().print(tool.name() + ", " + Ipsec.VERSION + "\n");
        return new Stop(1);
    }
}
