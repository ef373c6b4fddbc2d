package org.keysock.tools.setkey;

import org.jspecify.annotations.Nullable;
import org.keysock.pfkey.model.Algorithm;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Code;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.Extension.Sa;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension.NatTPort;
import org.keysock.pfkey.model.KameExtension.NatTType;
import org.keysock.pfkey.model.KameExtension.Sa2;
import org.keysock.pfkey.model.KameExtension.SecurityContext;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.text.AddressText;

/** Shows an SA as a block: section 12.4. Its keys are shown, which is what {@code -D} is for. */
final class SaPrinter {

    private static final String[] TYPES = {
        "unspec", "unknown", "ah", "esp", "unknown", "rsvp", "ospfv2", "ripv2", "mip", "ipcomp",
        "policy", "tcp"
    };
    private static final String[] STATES = {"larval", "mature", "dying", "dead"};

    private final boolean ports;
    private final Moments moments;

    /**
     * A printer.
     *
     * @param ports whether ports of addresses are shown
     */
    SaPrinter(boolean ports, Moments moments) {
        this.ports = ports;
        this.moments = moments;
    }

    /** Appends the block of a message. */
    void append(StringBuilder text, SadbMessage message) {
        Address source = message.address(ExtensionType.ADDRESS_SRC);
        Address destination = message.address(ExtensionType.ADDRESS_DST);
        boolean encapsulated = encapsulated(message);
        if (source == null) {
            text.append("no ADDRESS_SRC extension.\n");
            return;
        }
        end(text, source, encapsulated ? natPort(message, ExtensionType.X_NAT_T_SPORT) : null);
        text.append(' ');
        if (destination == null) {
            text.append("no ADDRESS_DST extension.\n");
            return;
        }
        end(text, destination, encapsulated ? natPort(message, ExtensionType.X_NAT_T_DPORT) : null);
        text.append(' ');
        Sa sa = message.sa();
        Sa2 sa2 = message.find(ExtensionType.X_SA2, Sa2.class);
        if (sa == null || sa2 == null) {
            text.append(sa == null ? "no SA extension.\n" : "no SA2 extension.\n");
            return;
        }
        head(text, message.header().saType(), encapsulated, sa, sa2);
        Address original = message.address(ExtensionType.X_NAT_T_OA);
        if (original != null && original.address() != null) {
            text.append("\tNAT OA=").append(AddressText.format(original.address())).append('\n');
        }
        algorithms(text, message, sa);
        text.append("\tseq=0x");
        HexLines.eight(text, sa2.sequence());
        text.append(" replay=").append(sa.replayWindow()).append(" flags=0x");
        HexLines.eight(text, Numbers.of(sa.flags()));
        text.append(" state=").append(word(STATES, Numbers.of(sa.state()))).append(" \n");
        lifetimes(text, message);
        context(text, message);
        text.append("\tsadb_seq=").append(Integer.toUnsignedString(message.header().sequence()));
        text.append(" pid=").append(Integer.toUnsignedString(message.header().pid()));
        text.append(" refcnt=").append(message.header().reserved()).append('\n');
    }

    private static boolean encapsulated(SadbMessage message) {
        NatTType type = message.find(ExtensionType.X_NAT_T_TYPE, NatTType.class);
        return type != null && type.encapsulation() != 0;
    }

    private static @Nullable NatTPort natPort(SadbMessage message, ExtensionType type) {
        return message.find(type, NatTPort.class);
    }

    private void end(StringBuilder text, Address end, @Nullable NatTPort port) {
        IpAddress address = end.address();
        text.append(address == null ? "" : AddressText.format(address));
        if (ports) {
            text.append('[').append(end.port()).append(']');
        }
        if (port != null) {
            text.append('[').append(port.port()).append(']');
        }
    }

    private static void head(
            StringBuilder text, SaType saType, boolean encapsulated, Sa sa, Sa2 sa2) {
        String type = type(saType);
        if (encapsulated) {
            type = saType == SaType.ESP ? "esp-udp" : "natt+" + type;
        }
        text.append("\n\t").append(type).append(" mode=").append(Modes.word(sa2.mode()));
        text.append(" spi=").append(sa.spi().unsigned()).append("(0x");
        HexLines.eight(text, sa.spi().value());
        text.append(") reqid=").append(Integer.toUnsignedString(sa2.reqid())).append("(0x");
        HexLines.eight(text, sa2.reqid());
        text.append(")\n");
    }

    /** The word of an SA type, or its number. */
    static String type(SaType saType) {
        return word(TYPES, Numbers.of(saType));
    }

    private static String word(String[] words, int number) {
        return number < words.length ? words[number] : Integer.toString(number);
    }

    private static void algorithms(StringBuilder text, SadbMessage message, Sa sa) {
        SaType saType = message.header().saType();
        if (saType == SaType.X_IPCOMP) {
            int number = Numbers.of(sa.encrypt(), saType);
            text.append("\tC: ").append(name(sa.encrypt(), number)).append(' ');
            return;
        }
        Extension.Key cipherKey = message.key(ExtensionType.KEY_ENCRYPT);
        if (saType == SaType.ESP && cipherKey != null) {
            int number = Numbers.of(sa.encrypt(), saType);
            key(text.append("\tE: ").append(name(sa.encrypt(), number)).append(' '), cipherKey);
        }
        Extension.Key authKey = message.key(ExtensionType.KEY_AUTH);
        if (authKey != null) {
            key(text.append("\tA: ").append(authName(sa.auth())).append(' '), authKey);
        }
    }

    private static String authName(AuthAlgorithm auth) {
        if (auth == AuthAlgorithm.KEYED_MD5) {
            return "md5";
        }
        return auth == AuthAlgorithm.KEYED_SHA1 ? "sha" : name(auth, Numbers.of(auth));
    }

    private static String name(Code code, int number) {
        Algorithm row = Numbers.ALGORITHMS.find(code);
        return row == null ? Integer.toString(number) : row.name();
    }

    private static void key(StringBuilder text, Extension.Key key) {
        byte[] bytes = key.material().revealed();
        HexLines.appendGroups(text, bytes, Math.min(key.bits() / 8, bytes.length));
        text.append('\n');
    }

    private void lifetimes(StringBuilder text, SadbMessage message) {
        Lifetime current = message.lifetime(ExtensionType.LIFETIME_CURRENT);
        if (current == null) {
            return;
        }
        Lifetime hard = limits(message, ExtensionType.LIFETIME_HARD);
        Lifetime soft = limits(message, ExtensionType.LIFETIME_SOFT);
        long now = moments.now();
        text.append("\tcreated: ");
        moments.append(text, current.addTime());
        text.append("\tcurrent: ");
        moments.append(text, now);
        text.append("\n\tdiff: ").append(current.addTime() == 0 ? 0 : now - current.addTime());
        text.append("(s)");
        limits(text, hard.addTime(), soft.addTime(), "(s)");
        text.append("\tlast: ");
        moments.append(text, current.useTime());
        limits(text, hard.useTime(), soft.useTime(), "(s)");
        text.append("\tcurrent: ").append(Long.toUnsignedString(current.bytes()));
        text.append("(bytes)");
        limits(text, hard.bytes(), soft.bytes(), "(bytes)");
        text.append("\tallocated: ").append(Integer.toUnsignedString(current.allocations()));
        limits(text, allocations(hard), allocations(soft), "");
    }

    private static long allocations(Lifetime limits) {
        return Integer.toUnsignedLong(limits.allocations());
    }

    private static Lifetime limits(SadbMessage message, ExtensionType type) {
        Lifetime found = message.lifetime(type);
        return found == null ? new Lifetime(type, 0, 0, 0, 0) : found;
    }

    private static void limits(StringBuilder text, long hard, long soft, String unit) {
        text.append("\thard: ").append(Long.toUnsignedString(hard)).append(unit);
        text.append("\tsoft: ").append(Long.toUnsignedString(soft)).append(unit).append('\n');
    }

    /** Appends the label of an SA or a policy, if it has one. */
    static void context(StringBuilder text, SadbMessage message) {
        SecurityContext context = message.find(ExtensionType.X_SEC_CTX, SecurityContext.class);
        if (context == null) {
            return;
        }
        byte[] bytes = context.context();
        text.append("\tsecurity context doi: ").append(context.domain());
        text.append("\n\tsecurity context algorithm: ").append(context.algorithm());
        text.append("\n\tsecurity context length: ").append(bytes.length);
        text.append("\n\tsecurity context: ");
        for (int at = 0; at < bytes.length && bytes[at] != 0; at++) {
            text.append((char) (bytes[at] & 0xff));
        }
        text.append('\n');
    }
}
