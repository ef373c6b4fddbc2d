package org.keysock.tools.cli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names of upper-layer protocols: IANA's registry as Debian's protocol file spells it. */
public final class IpProtocols {

    /** ICMP. */
    public static final int ICMP = 1;

    /** IPv4 in IP. */
    public static final int IP4 = 4;

    /** TCP. */
    public static final int TCP = 6;

    /** UDP. */
    public static final int UDP = 17;

    /** GRE, RFC 2890: its selectors have a key. */
    public static final int GRE = 47;

    /** ICMP for IPv6. */
    public static final int ICMP6 = 58;

    /** The mobility header, RFC 6275. */
    public static final int MOBILITY = 135;

    private static final String[] NAMES = names();

    private IpProtocols() {}

    /** The number of a registered name, or -1. */
    public static int number(String name) {
        for (int number = 0; number < NAMES.length; number++) {
            if (!name.isEmpty() && NAMES[number].equals(name)) {
                return number;
            }
        }
        return -1;
    }

    /** The registered name of a number, or null. */
    public static @Nullable String name(int number) {
        String name = number < NAMES.length ? NAMES[number] : "";
        return name.isEmpty() ? null : name;
    }

    private static String[] names() {
        String[] names = new String[143];
        Arrays.fill(names, "");
        names[0] = "ip";
        names[ICMP] = "icmp";
        names[2] = "igmp";
        names[3] = "ggp";
        names[IP4] = "ipencap";
        names[5] = "st";
        names[TCP] = "tcp";
        names[8] = "egp";
        names[9] = "igp";
        names[12] = "pup";
        names[UDP] = "udp";
        names[20] = "hmp";
        names[22] = "xns-idp";
        names[27] = "rdp";
        names[29] = "iso-tp4";
        names[33] = "dccp";
        names[36] = "xtp";
        names[37] = "ddp";
        names[38] = "idpr-cmtp";
        names[41] = "ipv6";
        names[43] = "ipv6-route";
        names[44] = "ipv6-frag";
        names[45] = "idrp";
        names[46] = "rsvp";
        names[GRE] = "gre";
        names[50] = "esp";
        names[51] = "ah";
        names[57] = "skip";
        names[ICMP6] = "ipv6-icmp";
        names[59] = "ipv6-nonxt";
        names[60] = "ipv6-opts";
        names[73] = "rspf";
        names[81] = "vmtp";
        names[88] = "eigrp";
        names[89] = "ospf";
        names[93] = "ax.25";
        names[94] = "ipip";
        names[97] = "etherip";
        names[98] = "encap";
        names[103] = "pim";
        names[108] = "ipcomp";
        names[112] = "vrrp";
        names[115] = "l2tp";
        names[124] = "isis";
        names[132] = "sctp";
        names[133] = "fc";
        names[MOBILITY] = "mobility-header";
        names[136] = "udplite";
        names[137] = "mpls-in-ip";
        names[138] = "manet";
        names[139] = "hip";
        names[140] = "shim6";
        names[141] = "wesp";
        names[142] = "rohc";
        return names;
    }
}
